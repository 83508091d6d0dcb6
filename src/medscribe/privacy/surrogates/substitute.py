"""Masked text + the visit's vault + a secret key -> text with made-up identifiers in their place.

For exports that are to read like real notes. "<NAME_1> was seen on <DATE_1>" becomes "Ellen Doyle
was seen on April 18"; the same person and key give the same names and dates in every visit.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from medscribe.domain.privacy import PLACEHOLDER, PiiKind, VaultEntry
from medscribe.privacy.surrogates.addresses import (
    email_address,
    network_address,
    other_code,
    web_address,
)
from medscribe.privacy.surrogates.ages import age_over_89
from medscribe.privacy.surrogates.date_shift import shift_days, shifted_date
from medscribe.privacy.surrogates.keyed_choice import KeyedChoice
from medscribe.privacy.surrogates.names import NameSurrogates
from medscribe.privacy.surrogates.numbers import (
    digit_count,
    phone_digits,
    social_security_digits,
    value_of,
    with_digits,
)
from medscribe.privacy.surrogates.places import PlaceSurrogates

ATTEMPTS = 60
"""So many surrogates of a number are tried until one is new and holds nothing that was said."""

_SHORTEST = 3
"""Originals of fewer letters may stand in a surrogate by chance: "an", "J"."""

_GENERIC = {
    PiiKind.NAME: "a person",
    PiiKind.DATE: "a date",
    PiiKind.AGE_OVER_89: "90 or older",
    PiiKind.LOCATION: "a place",
    PiiKind.PHONE: "a phone number",
    PiiKind.EMAIL: "an address",
    PiiKind.URL: "a website",
    PiiKind.IP_ADDRESS: "an address",
}
_NEUTRAL = ("a number", "something", "somebody", "it")
_KEPT_TRUE = frozenset([PiiKind.DATE, PiiKind.AGE_OVER_89])
"""Their surrogates follow from the original alone: two dates may change places."""


class Surrogates:
    """The surrogates of one patient's visit. Same key, patient and vault: same text, to the byte.

    What a name, place or number becomes hangs on key, patient and the words themselves, so that it
    is the same in another visit; only where it would be another original or surrogate of the visit
    is the next one taken. Dates and ages are not compared: the days between dates stay true, even
    where one date of the patient becomes another. Raises `PrivacyError` for a key under 16 bytes.
    """

    def __init__(self, key: bytes, patient: str, vault: Sequence[VaultEntry]) -> None:
        self._choice = KeyedChoice(key, patient)
        self._days = shift_days(key, patient)
        said = [word for entry in vault for word in re.findall(r"\w+", entry.original)]
        names = [entry.original for entry in vault if entry.kind is PiiKind.NAME]
        places = [entry.original for entry in vault if entry.kind is PiiKind.LOCATION]
        self._names = NameSurrogates(self._choice, names, said)
        self._places = PlaceSurrogates(self._choice, places, said)
        self._said = _any_of(entry for entry in vault if entry.kind not in _KEPT_TRUE)
        self._given: dict[str, str] = {}
        self._new = {entry.placeholder: self._surrogate(entry) for entry in vault}

    def text(self, masked_text: str) -> str:
        """`masked_text` without a placeholder; those the vault does not know become "a person"."""
        return PLACEHOLDER.sub(self._for, masked_text)

    def _for(self, match: re.Match[str]) -> str:
        placeholder = match.group()
        if placeholder not in self._new:
            kind = next((kind for kind in PiiKind if f"{kind}_" in placeholder), PiiKind.OTHER_ID)
            self._new[placeholder] = self._generic(kind)
        return self._new[placeholder]

    def _surrogate(self, entry: VaultEntry) -> str:
        if entry.kind is PiiKind.DATE:
            return shifted_date(entry.original, self._days) or self._generic(PiiKind.DATE)
        if entry.kind is PiiKind.AGE_OVER_89:
            return age_over_89(entry.original)
        for attempt in range(1 if entry.kind is PiiKind.NAME else ATTEMPTS):
            new = self._tried(entry, attempt)
            stayed = new.lower() == entry.original.lower()
            if not stayed and not self._said.search(new) and self._is_free(new, entry):
                return new
        return self._generic(entry.kind)

    def _is_free(self, new: str, entry: VaultEntry) -> bool:
        """Whether no other number has become this one; names and places see to that themselves."""
        if entry.kind in (PiiKind.NAME, PiiKind.LOCATION):
            return True
        original = value_of(entry.original) or entry.original
        return self._given.setdefault(value_of(new) or new, original) == original

    def _tried(self, entry: VaultEntry, attempt: int) -> str:
        if entry.kind is PiiKind.NAME:
            return self._names.name(entry.original)
        if entry.kind is PiiKind.LOCATION:
            return self._places.place(entry.original, attempt)
        value = value_of(entry.original) or entry.original.lower()
        numbers = self._choice.stream(2**24, entry.kind, value, str(attempt))
        return _MAKERS.get(entry.kind, other_code)(entry.original, numbers)

    def _generic(self, kind: PiiKind) -> str:
        candidates = (_GENERIC.get(kind, "a number"), *_NEUTRAL)
        return next((one for one in candidates if not self._said.search(one)), "***")


def _phone(original: str, numbers: Iterator[int]) -> str:
    digits = phone_digits(digit_count(original), lambda: next(numbers) % 10)
    return with_digits(original, digits, numbers)


def _social_security(original: str, numbers: Iterator[int]) -> str:
    digits = social_security_digits(digit_count(original), lambda: next(numbers) % 10)
    return with_digits(original, digits, numbers)


_MAKERS: dict[PiiKind, Callable[[str, Iterator[int]], str]] = {
    PiiKind.PHONE: _phone,
    PiiKind.SSN: _social_security,
    PiiKind.EMAIL: email_address,
    PiiKind.URL: web_address,
    PiiKind.IP_ADDRESS: network_address,
}


def _any_of(entries: Iterator[VaultEntry]) -> re.Pattern[str]:
    """Matches any of the originals as whole words, in any case; nothing where there are none."""
    said = {entry.original.strip().lower() for entry in entries}
    long = sorted(one for one in said if sum(map(str.isalnum, one)) >= _SHORTEST)
    whole = (rf"(?<!\w){re.escape(one)}(?!\w)" for one in long)
    return re.compile("|".join(whole) or r"(?!)", re.IGNORECASE)
