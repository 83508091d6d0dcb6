"""Type names of tagged corpora and tagged values -> our kinds of identifiers; None: out of scope.

Corpora name the same thing differently (MRN, MEDICAL_RECORD_NUMBER) and tag things that HIPAA Safe
Harbor, 45 CFR 164.514(b)(2), lets stand: titles, nationalities, a year, a state, an age below 90.
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from medscribe.domain.privacy import PiiKind


class GoldType(NamedTuple):
    """`kind` None: Safe Harbor does not name it. `known` False: no rule knows the type's name."""

    kind: PiiKind | None
    known: bool = True


_KINDS: tuple[tuple[str, PiiKind], ...] = (
    # The first rule with one of its words in the type's name wins: EMAIL_ADDRESS is no address.
    ("EMAIL", PiiKind.EMAIL),
    ("URL DOMAIN WEBSITE WEB", PiiKind.URL),
    ("IP IPV4 IPV6", PiiKind.IP_ADDRESS),
    ("SSN SOCIAL", PiiKind.SSN),
    ("PHONE TELEPHONE FAX PAGER MOBILE", PiiKind.PHONE),
    ("MRN RECORD MEDICALRECORD", PiiKind.RECORD_NUMBER),
    ("LICENSE LICENCE CERTIFICATE VEHICLE PLATE PASSPORT", PiiKind.LICENSE_NUMBER),
    ("DEVICE SERIAL", PiiKind.DEVICE_ID),
    ("ACCOUNT CARD IBAN BANK PLAN HEALTHPLAN BENEFICIARY INSURANCE", PiiKind.ACCOUNT_NUMBER),
    ("DATE DOB BIRTHDATE BIRTHDAY", PiiKind.DATE),
    ("AGE", PiiKind.AGE_OVER_89),
    ("ADDRESS STREET ZIP ZIPCODE POSTAL POSTCODE CITY TOWN COUNTY LOCATION", PiiKind.LOCATION),
    ("GPE LOC GEOGRAPHIC HOSPITAL FACILITY", PiiKind.LOCATION),
    ("CODE UNIQUE IDENTIFIER ID IDNUM BIOID USERNAME BIOMETRIC", PiiKind.OTHER_ID),
    ("NAME PERSON PER PATIENT DOCTOR CLINICIAN STAFF RELATIVE", PiiKind.NAME),
)
_OUT_OF_SCOPE = frozenset(
    [
        "TITLE",
        "NRP",
        "NATIONALITY",
        "ORGANIZATION",
        "ORGANISATION",
        "ORG",
        "PROFESSION",
        "OCCUPATION",
        "STATE",
        "COUNTRY",
        "GENDER",
        "SEX",
    ]
)
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:in |the )?(?:1[89]|20)\d\d(?:'?s)?", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_NINETIES = re.compile(r"\b(?:ninet(?:y|ies)|hundred)\b", re.IGNORECASE)


def gold_type(name: str, value: str) -> GoldType:
    """What a tag of that name on that value is to us; an unknown name is `OTHER_ID`."""
    words = set(re.split(r"[^A-Z0-9]+", name.upper()))
    if words & _OUT_OF_SCOPE:
        return GoldType(None)
    kind = next((kind for names, kind in _KINDS if words & set(names.split())), None)
    if kind is None:
        return GoldType(PiiKind.OTHER_ID, known=False)
    return GoldType(None if _let_stand(kind, value) else kind)


def _let_stand(kind: PiiKind, value: str) -> bool:
    """Whether Safe Harbor lets a value of this kind stand."""
    if kind is PiiKind.DATE:
        vague = not _DIGITS.search(value) and not _MONTH.search(value)
        return vague or bool(_YEAR.fullmatch(value.strip()))
    if kind is PiiKind.AGE_OVER_89:
        numbers = [int(digits) for digits in _DIGITS.findall(value)]
        return max(numbers, default=0) < 90 and not _NINETIES.search(value)
    if kind is PiiKind.LOCATION:
        return value.strip(" .,").casefold() in _wide_places()
    return False


@cache
def _wide_places() -> frozenset[str]:
    """Countries and states, in lower case: geography that is not below a state."""
    table = files(__package__) / "wide_places.txt"
    lines = table.read_text("utf-8").splitlines()
    return frozenset(
        name.strip().casefold()
        for line in lines
        if not line.startswith("#")
        for name in line.split(",")
    )
