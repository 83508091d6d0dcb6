"""Results of a finished job -> what the client asked for: text, JSON, SRT, WebVTT or RTTM.

What was really said, names included: the caller holds the recording.
"""

import json
from enum import StrEnum
from typing import Any

from medscribe.domain.encounter import Encounter
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Transcription
from medscribe.export import transcripts
from medscribe.pipeline.chart import chart_view


class ResultFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"
    RTTM = "rttm"


CONTENT_TYPES = {
    ResultFormat.TEXT: "text/plain; charset=utf-8",
    ResultFormat.JSON: "application/json",
    ResultFormat.SRT: "application/x-subrip; charset=utf-8",
    ResultFormat.VTT: "text/vtt; charset=utf-8",
    ResultFormat.RTTM: "text/plain; charset=utf-8",
}


def render(
    job: Encounter, results: EncounterResults, form: ResultFormat, analysis_error: str | None
) -> str:
    """The transcript in `form`; JSON has words, speakers and the analysis as well."""
    said = results.utterances or ()
    if form is ResultFormat.TEXT:
        return transcripts.to_text(said)
    if form is ResultFormat.SRT:
        return transcripts.to_srt(said)
    if form is ResultFormat.VTT:
        return transcripts.to_vtt(said)
    if form is ResultFormat.RTTM:
        return transcripts.to_rttm(said, file_id=job.id)
    return json.dumps(_as_json(job, results, analysis_error), ensure_ascii=False)


def _as_json(
    job: Encounter, results: EncounterResults, analysis_error: str | None
) -> dict[str, Any]:
    said = results.utterances or ()
    content = {
        "id": job.id,
        "text": " ".join(utterance.text for utterance in said),
        "speakers": [speaker.model_dump(mode="json") for speaker in results.speakers or ()],
        "utterances": json.loads(transcripts.to_json(said))["utterances"],
        "analysis": None,
        "analysis_error": analysis_error,
    }
    if results.transcription is not None:
        content |= _facts(results.transcription)
    analysis = chart_view(results).analysis
    if analysis is not None:
        # The model saw placeholders; the caller sees the names, as in the transcript beside it.
        content["analysis"] = analysis.model_dump(mode="json")
    return content


def _facts(transcription: Transcription) -> dict[str, Any]:
    return {
        "language": transcription.language,
        "duration_seconds": transcription.duration_seconds,
        "draft": transcription.draft,
        "made_by": transcription.made_by.model_dump(mode="json"),
        "rejected": [item.model_dump(mode="json") for item in transcription.rejected],
    }
