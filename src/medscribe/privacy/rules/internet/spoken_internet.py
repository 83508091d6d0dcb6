"""A text -> e-mail, web and network addresses as they are said: "jane at gmail dot com"."""

import re
from collections.abc import Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, LISTED, SURE, Finding, matches
from medscribe.privacy.rules.numbers.digit_words import ALPHABET, number_words
from medscribe.privacy.rules.word_list import flags, is_name

_ENDINGS = (
    "com|org|net|edu|gov|io|info|co|us|uk|ca|au|de|fr|health|biz|app|mil|nz|me|ie|eu|ai|dev|care|tv|"
    r"e\sd\su|c\so\sm|o\sr\sg|n\se\st"
)
_PAUSE = r"[\s,]{1,4}(?:(?:uh|um)[\s,]{1,3})?"
_DOT = rf"(?:{_PAUSE}dot{_PAUSE}|\.)"
_MAIL_HOSTS = r"g\s?mail|hot\s?mail|i\s?cloud|proton\s?mail|a\s?o\s?l|yahoo(?=\s*(?:[.,;!?]|$))"
_JOINS = frozenset(["dot", "underscore", "dash", "hyphen", "period", "plus", "point", "slash"])
_OPENINGS = frozenset(
    [
        *("is", "it's", "its", "that's", "email", "e-mail", "mail", "address", "to", "me", "at"),
        *("so", "yeah", "yes", "okay", "sure", "say", "website", "site", "visit", "page", "on"),
        *("try", "use", "see", "url", "called", "was", "be", "emailed", "under", "contact", "my"),
        *("still", "from", "through", "via", "into"),
        *("address's", "email's", "she's", "he's", "i'm", "mine's", "hers", "well", "check"),
    ]
)
"""Words before an address that are no part of it."""

_MOST_WORDS, _MOST_PLAIN = 40, 12
"""Words of the part before "at", and those of them that are no letters, figures or names."""


def find_spoken_addresses(text: str) -> list[Finding]:
    """E-mail addresses, URLs, network and hardware addresses and account names said in words."""
    found = [*matches(_handle(), text, PiiKind.OTHER_ID, SURE, "id")]
    found += matches(_numbered_handle(), text, PiiKind.OTHER_ID, LISTED, "id")
    if _any_separator().search(text):
        found += _emails(text)
        found += _urls(text)
        found += matches(_ip(), text, PiiKind.IP_ADDRESS, CONTEXT)
        found += matches(_hexadecimal(), text, PiiKind.DEVICE_ID, LISTED)
    return found


def _emails(text: str) -> Iterator[Finding]:
    """From the domain back: "j a n e dot doe at gmail dot com"."""
    for match in _domain_after_at().finditer(text):
        start = _begin(text, match.start())
        yield Finding(start, match.end(), PiiKind.EMAIL, CONTEXT)


def _urls(text: str) -> Iterator[Finding]:
    for match in _url().finditer(text):
        yield Finding(_opened(text, match.start()), match.end(), PiiKind.URL, CONTEXT)


def _opened(text: str, at: int) -> int:
    """Where the words before `at` begin that are part of it: "the site is jane cooks | dot com"."""
    words = list(_word().finditer(text, max(0, at - 60), at))[-4:]
    start = at
    for word in reversed(words):
        if _sentence_end().search(text, word.end(), at):
            return at
        if word.group().lower() in _OPENINGS - {"well", "my"}:
            return start
        start = word.start()
    return at


def _begin(text: str, at: int) -> int:
    """Where the address begins whose "at" stands at `at`.

    Behind the last word that opens it ("it's", "to"), if there is one close by; otherwise letters,
    figures, names and words joined by "dot" belong to it.
    """
    words = list(_word().finditer(text, max(0, at - 240), at))[-_MOST_WORDS:]
    if not words:
        return at
    plain = 0
    for back in range(len(words) - 1, -1, -1):
        plain += not _is_part(words[back].group().lower())
        if plain > _MOST_PLAIN:
            break
        if words[back].group().lower() in _OPENINGS and back < len(words) - 1:
            return words[back + 1].start()
        if _sentence_end().search(text, words[back].end(), at):
            break
    return _joined_begin(words, at)


def _joined_begin(words: list[re.Match[str]], at: int) -> int:
    start, joined, first = at, True, True
    for match in reversed(words):
        word = match.group().lower()
        connector = word in _JOINS
        if word in _OPENINGS or not (connector or joined or first or _is_part(word)):
            break
        start, joined, first = match.start(), connector, False
    return start


def _is_part(word: str) -> bool:
    """Whether a word can be part of an address without being joined to it."""
    spelled = len(word) == 1 or "-" in word or any(map(str.isdigit, word)) or word in ALPHABET
    return spelled or word in number_words() or is_name(flags(word))


@cache
def _any_separator() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:dot|point|period|colon|dash|g\s?mail|hot\s?mail|icloud|aol|yahoo)\b|\.(?:com|net|org|edu|gov|co)\b",
        re.I,
    )


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[\w'’-]{1,64}")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.?!]\s")


@cache
def _domain_after_at() -> re.Pattern[str]:
    name = r"(?:[\w-]{1,63}(?:\s[\w-]{1,20}){0,6}?)"
    return re.compile(
        rf"(?<=[\s,])(?:at|@){_PAUSE}(?:the\s)?"
        rf"(?:{name}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}(?:{_ENDINGS})(?:{_DOT}(?:uk|au|nz))?"
        rf"|(?:{_MAIL_HOSTS}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _url() -> re.Pattern[str]:
    www = r"(?:www|w\s?w\s?w|(?:double[\s-]?u\s?){3}|triple\s?w|dub\s?dub\s?dub)"
    scheme = rf"(?:h\s?t\s?t\s?p\s?s?{_PAUSE}colon{_PAUSE}(?:(?:forward\s)?slash{_PAUSE}){{1,2}})"
    signs = (
        r"(?:(?:forward\s|back)?slash|dash|hyphen|underscore|dot|question\s+mark|equals|ampersand)"
    )
    figures = rf"(?:\s(?:{'|'.join(number_words())}|\d{{1,6}}|[b-hj-z])\b){{0,9}}"
    more = rf"(?:{_PAUSE}{signs}(?:\s(?!{signs}\b)[\w-]{{1,30}}){figures})"
    name = r"[\w-]{1,63}(?:\s[\w-]{1,30}){0,4}?"
    end = rf"{_DOT}(?:{_ENDINGS})\b"
    return re.compile(
        rf"(?<![\w-])(?:(?:{scheme}(?:{www}{_DOT})?|{www}{_DOT}){name}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{end}"
        rf"|[\w-]{{1,63}}{_PAUSE}dot{_PAUSE}(?:[\w-]{{1,63}}(?:\s[\w-]{{1,20}}){{0,3}}?{_PAUSE}dot{_PAUSE}){{0,3}}"
        rf"(?:com|org|net|edu|gov|io|health|info|care|co|app|me)\b)"
        rf"{more}{{0,6}}",
        re.IGNORECASE,
    )


@cache
def _number() -> str:
    longest_first = sorted((*number_words(), "double", "triple"), key=len, reverse=True)
    word = rf"(?:{'|'.join(longest_first)}|\d{{1,3}})"
    return rf"{word}(?:[\s-]{{1,3}}(?:and\s+)?{word}){{0,4}}"


@cache
def _ip() -> re.Pattern[str]:
    dot = rf"{_PAUSE}(?:(?:uh|um){_PAUSE})?(?:dot|point|period){_PAUSE}(?:(?:uh|um){_PAUSE})?"
    return re.compile(rf"(?<!\w){_number()}(?:{dot}{_number()}){{3}}(?!\w)", re.IGNORECASE)


@cache
def _hexadecimal() -> re.Pattern[str]:
    """Hardware and long network addresses: "zero zero colon one b colon four four ..."."""
    words = "|".join(sorted((*number_words(), *ALPHABET, "double"), key=len, reverse=True))
    part = rf"(?:{words}|[a-f]|[\da-f]{{1,4}})(?:[\s-](?:{words}|[a-f]|[\da-f]{{1,4}})){{0,5}}"
    return re.compile(
        rf"(?<!\w){part}(?:(?:{_PAUSE}(?:double\s)?colon{_PAUSE}{part}){{3,7}}|"
        rf"(?:{_PAUSE}dash{_PAUSE}{part}){{5}})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _handle() -> re.Pattern[str]:
    """Account names after "handle is": all words to the end of the phrase."""
    cue = (
        r"(?:handle|user\s?name|screen\s?name|gamer\s?tag|log\s?in(?:\s+name)?|(?:portal|skype|twitter|"
        r"instagram|insta|facebook|tik\s?tok|snap\s?chat|discord|reddit|venmo)\s+(?:name|id))"
    )
    return re.compile(
        rf"\b{cue}(?:\s+(?:is|was|on\s+\w{{4,12}}\s+is)|['’]s|:)\s+(?:at\s+|@)?"
        r"(?P<id>[\w.-]{1,30}(?:\s[\w.-]{1,30}){0,6}?)"
        r"(?=\s*(?:[,;!?]|\.(?!\w)|$)|\s(?:on|if|and|but|so|for|in)\b)",
        re.IGNORECASE,
    )


@cache
def _numbered_handle() -> re.Pattern[str]:
    """Account names on named sites, if an underscore or a figure shows that it is one."""
    site = (
        r"(?:instagram|insta|twitter|facebook|tik\s?tok|snap\s?chat|discord|reddit|venmo|skype|"
        r"youtube|linked\s?in|whats\s?app|telegram|handle|username|portal)"
    )
    return re.compile(
        rf"\b{site}(?:\s+\w{{2,8}}){{0,2}}?(?:\s+(?:is|as|at|under|it's)|['’]s|:)\s+(?:at\s+|@)?"
        r"(?P<id>[\w.-]{1,30}(?:\s[\w.-]{1,30}){0,2}?\s(?:underscore|dot|dash)\s[\w-]{1,30}(?:\s(?:\d{1,4}|"
        rf"{_number()}|[a-z])\b)?|[A-Za-z][\w.-]{{0,30}}[_\d][\w.-]{{0,30}})",
        re.IGNORECASE,
    )
