"""Originals of few characters, of odd characters, or spelled in two ways."""

import unicodedata

import pytest

from medscribe.domain.privacy import PiiKind, VaultEntry
from medscribe.privacy.surrogates.substitute import Surrogates


def surrogates_of(kind: PiiKind, *originals: str, patient: str = "p1") -> list[str]:
    vault = [
        VaultEntry(placeholder=f"<{kind.value}_{number}>", kind=kind, original=original)
        for number, original in enumerate(originals, 1)
    ]
    made = Surrogates(b"a secret of the clinic", patient, vault)
    return [made.text(entry.placeholder) for entry in vault]


@pytest.mark.parametrize("original", ["7", "41", "4x"])
def test_a_short_number_never_stays_what_it_was(original: str) -> None:
    told = [
        surrogates_of(PiiKind.RECORD_NUMBER, original, patient=str(number))[0]
        for number in range(200)
    ]

    assert original not in told


@pytest.mark.parametrize("kind", [PiiKind.NAME, PiiKind.OTHER_ID, PiiKind.DEVICE_ID])
def test_signs_alone_do_not_stay(kind: PiiKind) -> None:
    assert surrogates_of(kind, "\N{SMILING FACE WITH SUNGLASSES}")[0].isprintable()
    assert "\N{SMILING FACE WITH SUNGLASSES}" not in surrogates_of(
        kind, "\N{SMILING FACE WITH SUNGLASSES}"
    )


def test_one_name_in_two_spellings_has_one_surrogate() -> None:
    composed, apart, hidden = surrogates_of(
        PiiKind.NAME, "Zoë Peña", unicodedata.normalize("NFD", "Zoë Peña"), "Zo\u00adë Peña"
    )
    straight, curly = surrogates_of(PiiKind.NAME, "O'Brien", "O’Brien")

    assert composed == apart == hidden
    assert composed.isascii()
    assert straight == curly


def test_spoken_figures_are_said_as_people_say_them() -> None:
    told = [
        surrogates_of(PiiKind.EMAIL, "jo at gmail dot com", patient=str(number))[0]
        for number in range(200)
    ]

    assert any("nine" in one.split() for one in told)
    assert not any("niner" in one for one in told)
