"""What was said -> what a reader without access to the chart sees."""

from collections.abc import Callable

import pytest

from medscribe.domain.transcript import Role, Utterance
from medscribe.privacy.detectors import clinical
from medscribe.privacy.mask import mask

Masker = Callable[..., list[str]]


@pytest.fixture(scope="session")
def masked() -> Masker:
    """`masked("hi , karen .", "hi .")` -> `["hi , <NAME_1> .", "hi ."]`."""
    detector = clinical.create(clinical.Options())

    def texts_of(*texts: str) -> list[str]:
        utterances = [
            Utterance(id=f"u{index}", speaker="S1", role=Role.UNKNOWN, text=text)
            for index, text in enumerate(texts)
        ]
        return [utterance.text for utterance in mask(utterances, [detector]).utterances]

    return texts_of
