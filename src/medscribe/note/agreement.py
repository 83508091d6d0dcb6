"""A base verb -> the form that goes with "he" or "she", or its past; and what a verb is."""

from functools import cache

_IRREGULAR_PAST = (
    "was were had did said went got made knew thought took saw came gave told felt became left put"
    " kept let began started seemed helped showed heard played ran moved lived believed brought"
    " happened wrote sat stood lost paid met set led understood hit cut read hurt spent grew won"
    " taught offered remembered loved bought slept fell broke threw woke drank ate spoke chose drove"
    " rode bit bled caught dealt fed fought forgot found held laid sent shook shot slid stuck struck"
    " swam tore wore swelled cost quit shut split spread wound bent lay rose sang sank swung blew"
    " flew drew froze hid sought swore"
)
_MODALS = "can could will would shall should may might must cannot"
_ADVERBS = (
    "also just usually never always really still only probably sometimes already currently actually"
    " typically occasionally recently ever even often definitely mainly mostly generally normally"
    " initially then now regularly rarely finally certainly absolutely truly completely almost once"
    " barely hardly constantly frequently consistently simply both all myself yourself personally"
    " honestly probably otherwise therefore kind sort pretty too long first later either"
)
_BASE_VERBS = (
    "take have feel get go do use try need want like think know see eat drink smoke walk run sit"
    " stand sleep wake wear work live play exercise watch check monitor notice experience struggle"
    " keep make come give put hurt lift bend reach sneeze cough vomit throw lose gain start stop"
    " continue help tend seem deny report state enjoy avoid follow cook travel swim bike hike garden"
    " drive ride climb fall trip twist move turn stretch ice rest elevate tolerate manage remember"
    " believe understand worry hope plan suffer breathe wheeze itch sweat shake snore urinate bleed"
    " bruise burn ache add limit buy bring call carry cut hear hold find look love prefer read say"
    " tell talk speak spend stay swallow chew wash clean consider finish complete"
    " do not"
)
_SPECIAL = {
    "have": "has",
    "do": "does",
    "go": "goes",
    "am": "is",
    "are": "is",
    "be": "is",
    "were": "was",
}
_PAST = {
    "take": "took", "have": "had", "feel": "felt", "get": "got", "go": "went", "do": "did",
    "eat": "ate", "drink": "drank", "run": "ran", "sit": "sat", "stand": "stood", "sleep": "slept",
    "wake": "woke", "wear": "wore", "come": "came", "give": "gave", "lose": "lost", "fall": "fell",
    "make": "made", "keep": "kept", "begin": "began", "see": "saw", "hear": "heard", "find": "found",
    "break": "broke", "tear": "tore", "bring": "brought", "say": "said", "tell": "told",
    "think": "thought", "know": "knew", "throw": "threw", "leave": "left", "become": "became",
    "hold": "held", "drive": "drove", "ride": "rode", "swim": "swam", "bend": "bent", "buy": "bought",
    "speak": "spoke", "meet": "met", "catch": "caught", "spend": "spent", "grow": "grew",
    "hurt": "hurt", "hit": "hit", "cut": "cut", "put": "put", "let": "let", "set": "set",
    "read": "read", "quit": "quit", "bleed": "bled",
}  # fmt: skip
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def is_modal(word: str) -> bool:
    return word in _words(_MODALS)


def is_adverb(word: str) -> bool:
    return word in _words(_ADVERBS) or (word.endswith("ly") and len(word) > 4)


def is_known_verb(word: str) -> bool:
    """Whether the word is a base verb of everyday talk about health."""
    return word in _words(_BASE_VERBS)


def is_finite(word: str) -> bool:
    """Whether the word can be the verb after "you": an auxiliary, a known verb or a past form."""
    return (
        word in _SPECIAL
        or word in ("is", "was", "has", "had", "did", "does")
        or is_modal(word)
        or is_known_verb(word)
        or is_past(word)
    )


def is_past(word: str) -> bool:
    return word in _words(_IRREGULAR_PAST) or (word.endswith("ed") and word not in ("need", "feed"))


def third_person(verb: str) -> str:
    """ "take" -> "takes"; past forms and modals stay as they are."""
    if verb in _SPECIAL:
        return _SPECIAL[verb]
    if verb in ("hurt", "put", "read", "cut", "hit", "quit"):
        return verb
    if is_modal(verb) or is_past(verb) or verb.endswith("ing") or not verb.isalpha():
        return verb
    if verb.endswith(("is", "has", "was", "does")) or (
        verb.endswith("s") and not verb.endswith("ss")
    ):
        return verb
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and len(verb) > 1 and verb[-2] in _CONSONANTS:
        return verb[:-1] + "ies"
    return verb + "s"


def past(verb: str) -> str:
    """ "try" -> "tried", "take" -> "took"."""
    if verb in _PAST:
        return _PAST[verb]
    if is_past(verb):
        return verb
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and len(verb) > 1 and verb[-2] in _CONSONANTS:
        return verb[:-1] + "ied"
    doubles = ("stop", "trip", "jog", "plan", "slip", "pop", "drop", "grab", "chew"[:0])
    return verb + verb[-1] + "ed" if verb in doubles else verb + "ed"
