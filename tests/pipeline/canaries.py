"""Made-up identifiers that are spoken in tests, and where they must not turn up."""

from collections.abc import Iterable
from pathlib import Path

from medscribe.domain.transcript import Role, Utterance

CANARIES = ("Zebulon", "Quackenbush", "555-0143", "zq@example.org", "MRN 7734921", "1961")
SAID = [
    (Role.CLINICIAN, "Good morning, Mr. Quackenbush. What brings you in?"),
    (Role.PATIENT, "My name is Zebulon Quackenbush. My number is 206-555-0143."),
    (Role.PATIENT, "Zebulon is tired. You can write to zq@example.org. I have had a cough."),
    (Role.PATIENT, "My card says MRN 7734921 and I was born on March 3, 1961."),
    (Role.CLINICIAN, "We will start amoxicillin 500 mg three times a day, Mr. Quackenbush."),
]


def canary_visit(*, roles_known: bool = True) -> list[Utterance]:
    """The visit in which all canaries are spoken."""
    return [
        Utterance(
            id=f"u{number}",
            speaker="S1" if role is Role.CLINICIAN else "S2",
            role=role if roles_known else Role.UNKNOWN,
            text=text,
        )
        for number, (role, text) in enumerate(SAID, start=1)
    ]


def bytes_below(*folders: Path) -> bytes:
    """All that lies in these folders, file names included."""
    files = [path for folder in folders for path in folder.rglob("*")]
    contents = [path.read_bytes() for path in files if path.is_file()]
    return b"\n".join([*(str(path).encode() for path in files), *contents])


def assert_no_canary(texts: Iterable[str | bytes]) -> None:
    """None of the canaries stands in any of the texts, whatever the letter case."""
    for text in texts:
        seen = (text.encode() if isinstance(text, str) else text).lower()
        for canary in CANARIES:
            assert canary.lower().encode() not in seen, canary
