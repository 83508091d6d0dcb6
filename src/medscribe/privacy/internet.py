"""A text -> e-mail, web and network addresses, written or spoken ("jane at gmail dot com")."""

import ipaddress
import re
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.digit_runs import digit_runs
from medscribe.privacy.digit_words import number_words
from medscribe.privacy.finding import CONTEXT, FORM, LISTED, Finding, matches
from medscribe.privacy.word_list import flags, is_name

_ENDINGS = "com|org|net|edu|gov|io|info|co|us|uk|ca|au|de|fr|in|health|me|biz"
_DOT = r"(?:\s+dot\s+|\.)"
_SPOKEN_DOMAIN = (
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}(?:{_ENDINGS})(?:{_DOT}uk)?(?!\w)"
)


def find_addresses(text: str) -> list[Finding]:
    """E-mail addresses, URLs, IP and hardware addresses and account names of `text`."""
    return [
        *matches(_email(), text, PiiKind.EMAIL, FORM),
        *_spoken_emails(text),
        *matches(_url(), text, PiiKind.URL, FORM),
        *matches(_spoken_url(), text, PiiKind.URL, CONTEXT),
        *matches(_ip(), text, PiiKind.IP_ADDRESS, FORM),
        *_long_ips(text),
        *matches(_spoken_ip(), text, PiiKind.IP_ADDRESS, CONTEXT),
        *matches(_mac(), text, PiiKind.DEVICE_ID, FORM),
        *matches(_handle(), text, PiiKind.OTHER_ID, LISTED),
    ]


def _spoken_emails(text: str) -> list[Finding]:
    """From the domain back: "j a n e dot doe at gmail dot com"."""
    found = []
    for match in _spoken_domain().finditer(text):
        start = _local_part_start(text, match.start())
        if start < match.start():
            found.append(Finding(start, match.end(), PiiKind.EMAIL, CONTEXT))
    return found


def _local_part_start(text: str, at: int) -> int:
    """Where the part before " at " begins: letters, figures, names and words joined by "dot"."""
    start, joined, first = at, True, True
    for match in reversed(list(_before_at().finditer(text, max(0, at - 100), at))):
        word = match.group().lower()
        if text[match.end() : start].strip(" ,"):
            break
        connector = word in ("dot", "underscore", "dash", "hyphen", "period", "plus")
        part = len(word) == 1 or word.isdigit() or _is_figure(word) or is_name(flags(word))
        if not (connector or joined or part or first):
            break
        if not (connector or joined) and word in ("is", "it's", "its", "email", "me", "my", "a"):
            break
        start, joined, first = match.start(), connector, False
    return start


def _is_figure(word: str) -> bool:
    return any(run.end == len(word) and run.start == 0 for run in digit_runs(word))


def _long_ips(text: str) -> list[Finding]:
    """Addresses of IP version 6."""
    return [
        Finding(*match.span(), PiiKind.IP_ADDRESS, FORM)
        for match in _colons().finditer(text)
        if _is_long_ip(match.group())
    ]


def _is_long_ip(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 6
    except ValueError:
        return False


@cache
def _colons() -> re.Pattern[str]:
    return re.compile(r"(?<![\w:])[\dA-Fa-f]{1,4}(?:::?[\dA-Fa-f]{1,4}){2,7}(?![\w:])")


@cache
def _email() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[A-Za-z]{2,}"
    )


@cache
def _spoken_domain() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:at|@)\s+{_SPOKEN_DOMAIN}", re.IGNORECASE)


@cache
def _before_at() -> re.Pattern[str]:
    return re.compile(r"[\w'’]+")


@cache
def _url() -> re.Pattern[str]:
    return re.compile(
        r"(?:https?://|www\.)[^\s<>\"]+[\w/]|"
        r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,6}(?:com|org|net|edu|gov|io|info|co\.uk|health)(?:/[^\s<>\"]*)?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _spoken_url() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:https?\s+colon\s+slash\s+slash\s+)?www\s+dot\s+(?:[\w-]+\s+){{0,3}}?{_SPOKEN_DOMAIN}|"
        rf"(?<![\w-])(?:[\w-]{{1,63}}\s+dot\s+){{1,4}}(?:com|org|net|edu|gov)\b)(?:\s+slash\s+\w+)*",
        re.IGNORECASE,
    )


@cache
def _ip() -> re.Pattern[str]:
    part = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
    return re.compile(rf"(?<![\w.]){part}(?:\.{part}){{3}}(?![\w.]*\d)")


@cache
def _spoken_ip() -> re.Pattern[str]:
    longest_first = sorted(number_words(), key=len, reverse=True)
    word = rf"(?:{'|'.join(longest_first)}|\d{{1,3}})"
    number = rf"{word}(?:[\s-]+(?:and\s+)?{word}){{0,4}}"
    return re.compile(rf"(?<!\w){number}(?:\s+dot\s+{number}){{3}}(?!\w)", re.IGNORECASE)


@cache
def _mac() -> re.Pattern[str]:
    return re.compile(r"(?<![\w:])(?:[\dA-Fa-f]{2}[:-]){5}[\dA-Fa-f]{2}(?![\w:])")


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@.])@[A-Za-z_]\w{2,}")
