"""One turn of talk -> what in it tells that somebody speaks for the patient, and who that is.

"I'm her daughter" names the speaker, "Mom, how has he been eating?" the one who is asked, "this is
my wife" the one who came along; "he's been pulling at his ear" is said of the patient by another.
"""

import re
from dataclasses import dataclass
from functools import cache

from medscribe.clinical.kin_words import relation_of_word
from medscribe.domain.transcript import Relation

_OTHER_KIN = (
    "parent niece nephew cousin granddaughter grandson stepmother stepmom stepfather stepdad "
    "stepson stepdaughter"
)
"""Companions for whom `Relation` has no word."""

_CALLED = "mom|mum|mommy|mummy|mama|mother|dad|daddy|papa|father|grandma|granny|grandpa"
"""Words by which a clinician calls a companion whose name is not known."""

_CHILD = (
    "son|daughter|baby|kid|child|toddler|little (?:one|boy|girl)|boy|girl|grandson|granddaughter"
)


@dataclass(frozen=True)
class TurnSigns:
    """What one turn shows. Kin are words as said ("mom"), see `relation_of`; None: none said.

    `of_another`: how often somebody else is spoken of ("she won't eat", "his ear"); `of_oneself`:
    how often the speaker's own body and doings are; `to_you`: how often the listener is spoken of.
    `is_kin`: the speaker says to be that ("I'm his mom"); `calls_kin`: addresses one ("Mom, ...");
    `asks_kin`: takes the listener for one ("you're dad?"); `shows_kin`: presents one ("this is my
    wife"), `asks_for_kin`: asks for one ("is this your mother?"). `denies`: begins with a no.
    `of_family`: speaks of a family's history, or of a relative who is no child ("my dad had it").
    `treats`: the speaker says to be a clinician ("I'm Dr. Reed", "I'm Ana, the nurse");
    `says_patient`: speaks of "the patient", as only clinicians do.
    """

    of_another: int = 0
    of_oneself: int = 0
    to_you: int = 0
    is_kin: str | None = None
    calls_kin: str | None = None
    asks_kin: str | None = None
    shows_kin: str | None = None
    asks_for_kin: str | None = None
    denies: bool = False
    of_family: bool = False
    treats: bool = False
    says_patient: bool = False


def relation_of(kin: str) -> Relation | None:
    """`mom` -> MOTHER; None for a word without a relation of its own (`niece`)."""
    return _relations()[kin]


def read_signs(text: str) -> TurnSigns:
    """The signs in what was said, whatever its case and punctuation."""
    said = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    said = " ".join(re.sub(r"\s+(?=[,.?!]|n't\b|'[a-z])", "", said).split())
    rules = _rules()
    yours = len(rules["your_kin"].findall(said))
    return TurnSigns(
        of_another=len(rules["another"].findall(said))
        - len(rules["adviser"].findall(said))
        + 2 * yours,
        of_oneself=len(rules["oneself"].findall(said)),
        to_you=max(0, len(rules["you"].findall(said)) - 2 * yours),
        is_kin=_kin(rules["is_kin"], said),
        calls_kin=_kin(rules["calls_kin"], said),
        asks_kin=_kin(rules["asks_kin"], said),
        shows_kin=_kin(rules["shows_kin"], said),
        asks_for_kin=_kin(rules["asks_for_kin"], said),
        denies=rules["denies"].match(said) is not None,
        of_family=rules["of_family"].search(said) is not None,
        treats=rules["treats"].search(said) is not None,
        says_patient=rules["says_patient"].search(said) is not None,
    )


def _kin(rule: re.Pattern[str], said: str) -> str | None:
    """The first kin word that the rule finds: the one group of it that took part."""
    found = rule.search(said)
    return next((word for word in found.groups() if word), None) if found else None


@cache
def _relations() -> dict[str, Relation | None]:
    others: dict[str, Relation | None] = dict.fromkeys(_OTHER_KIN.split())
    return {**relation_of_word(), "roommate": Relation.FRIEND, **others}


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    kin = f"({'|'.join(_relations())})\\b(?!['-]| in law)"
    whose = r"(?:his|her|their|the|(?:[a-z.]+ ){0,3}[a-z]+'s)"
    which = r"(?:(?:older|younger|big|little|twin|oldest|youngest|biological|legal|home) )?"
    greeting = r"(?:hi|hello|hey|okay|ok|alright|so|and|now|well|thanks|thank you|good \w+)"
    rules = {
        "another": r"\b(?:he|she|him|his|her|hers|himself|herself)\b"
        rf"|\b(?:my|our) {which}(?:{_CHILD})\b",
        # Another doctor, too, is "she": "she told me to come back" is said by a patient.
        "adviser": r"\b(?:he|she)(?:'s| had| has)? (?:said|says|told|tells|asked|recommended|"
        r"recommends|prescribed|put|gave|thinks|thought|wanted|wants|suggested|referred|sent|"
        r"mentioned)\b",
        "oneself": r"\bi(?:'ve| have|'m| am| was|'d| had)?(?: (?!to\b)\w+)? (?:feel|feeling|felt|"
        r"hurts?|had|have|having|get|getting|got|take|taking|took|fell|smoked?|dr[ia]nk|sleep|eat|"
        r"eating|lost|gained|been|diagnosed|walk|walking|cough|coughing|throw|threw|used?|injured|"
        r"twisted|sick|tired)\b(?! (?:him|her|them|to)\b)"
        r"|\bmy (?!son|daughter|mom|mother|dad|father|husband|wife|baby|child|brother|sister|kid|"
        r"parents|family|name|doctor|little|older|younger)\w+",
        "you": r"\byou(?:r|rs|rself|'re|'ve|'d)?\b",
        "your_kin": rf"\byour {which}(?:{_CHILD}|mother|mom|father|dad|husband|wife)\b",
        "is_kin": rf"\bi(?:'m| am)(?: (?:actually|also|just))? {whose} {which}{kin}"
        r"(?! of (?:an?|two|three|four|five|six|\d))"
        rf"|\bi(?:'m| am) ({_CALLED})\b"
        rf"|^(?:{greeting},? )?(?:[a-z]+[.,] )?{kin} here\b"
        r"|\bi(?:'m| am|'ll be| will be) (?:the |your )?(interpreter|translator)\b",
        "calls_kin": rf"(?:^|[.?!] |\b{greeting},? )({_CALLED})[,.!]"
        rf"|, ({_CALLED})[.?!]?$"
        rf"|^(?:{greeting},? )*({_CALLED}),? (?:can|could|did|do|does|have|how|what|when|where|"
        r"are|any|you|were|please|i)\b",
        "asks_kin": r"\b(?:are you|you're|you are|you must be|and you)(?: (?:then|also))?"
        rf" (?:{whose} )?{which}{kin}",
        "shows_kin": r"\b(?:this is|here with|came with|came in with|brought|he's|she's|he is|"
        rf"she is) my {which}{kin}",
        "asks_for_kin": r"\b(?:is this|is that|this is|you brought|here with|came with) your "
        rf"{which}{kin}",
        "denies": r"(?:no|nope|nah|not|actually)\b",
        "of_family": r"\b(?:family|siblings?|parents)\b|\b(?:my|your) (?:\w+ )?(?:mother|mom|mum|"
        r"father|dad|brother|sister|husband|wife|aunt|uncle|cousin|grand(?:mother|father|ma|pa))s?\b",
        "treats": r"\b(?:i'm|i am|my name is|this is) (?:dr|doctor|nurse)\b\.?(?! [a-z]+'s)"
        # "I'm Monica, the nurse"; "I'm seeing the nurse" is a patient's.
        r"|\b(?:i'm|i am|my name is) (?:(?!not|with|here|also|\w+ing)[a-z]+,? (?:and i'm )?)?"
        r"(?:the|your|one of the) (?:\w+ )?(?:nurse|resident|intern|medical "
        r"(?:assistant|student)|physician assistant|nurse practitioner|midwife)\b",
        "says_patient": r"\b(?:the patient|patient (?:is|was|has|had|denies|reports))\b",
    }
    return {name: re.compile(rule) for name, rule in rules.items()}
