"""`diarized_json`: letters for unknown voices, names for known ones."""

from typing import Any

import openai
import pytest
from openai import OpenAI
from tests.api.sounds import data_url, wav_bytes
from tests.sample_speech import sample_seconds

# The clinician opens the sample visit; the patient answers.
CLINICIAN, PATIENT, TOGETHER = (1.0, 5.0), (8.5, 12.0), (0.0, 13.0)


def diarized(client: OpenAI, **fields: Any) -> Any:
    return client.audio.transcriptions.create(
        file=wav_bytes(sample_seconds(*TOGETHER)),
        model="gpt-4o-transcribe-diarize",
        response_format="diarized_json",
        chunking_strategy="auto",
        **fields,
    )


def test_unknown_voices_are_letters_in_order(client: OpenAI) -> None:
    found = diarized(client)
    assert found.task == "transcribe"
    assert found.duration == pytest.approx(13.0, abs=0.01)
    assert found.text == " ".join(segment.text for segment in found.segments)
    speakers = list(dict.fromkeys(segment.speaker for segment in found.segments))
    assert speakers == ["A", "B"]
    assert [segment.id for segment in found.segments] == [
        f"seg_{number}" for number in range(len(found.segments))
    ]
    assert all(segment.type == "transcript.text.segment" for segment in found.segments)


def test_known_voices_get_their_names(client: OpenAI) -> None:
    found = diarized(
        client,
        known_speaker_names=["patient", "doctor"],
        known_speaker_references=[
            data_url(sample_seconds(*PATIENT)),
            data_url(sample_seconds(*CLINICIAN)),
        ],
    )
    speakers = list(dict.fromkeys(segment.speaker for segment in found.segments))
    assert speakers == ["doctor", "patient"]


def test_whom_nobody_knows_stays_a_letter(client: OpenAI) -> None:
    found = diarized(
        client,
        known_speaker_names=["patient"],
        known_speaker_references=[data_url(sample_seconds(*PATIENT))],
    )
    assert {segment.speaker for segment in found.segments} == {"A", "patient"}


@pytest.mark.parametrize("seconds", [1.0, 11.0])
def test_a_reference_has_2_to_10_seconds(client: OpenAI, seconds: float) -> None:
    with pytest.raises(openai.BadRequestError, match="2 to 10 seconds"):
        diarized(
            client,
            known_speaker_names=["doctor"],
            known_speaker_references=[data_url(sample_seconds(1.0, 1.0 + seconds))],
        )


def test_at_most_four_voices_may_be_known(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="at most 4"):
        diarized(
            client,
            known_speaker_names=list("abcde"),
            known_speaker_references=["data:audio/wav;base64,AA=="] * 5,
        )
