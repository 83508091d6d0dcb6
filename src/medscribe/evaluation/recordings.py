"""A folder of recordings with references -> pairs of both.

Layouts: recordings in the folder or in `audio/`; beside them, or in `transcripts/`, a transcript
of the same name (text, JSON of turns, or TextGrids); `.rttm` files anywhere among them, matched by
the recording's name that stands in each of their lines.
"""

from dataclasses import dataclass
from pathlib import Path

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn, Utterance
from medscribe.errors import InputError
from medscribe.evaluation.textgrid import textgrids_of, utterances_of_textgrids
from medscribe.speech.transcript_file import read_transcript

AUDIO_SUFFIXES = frozenset((".wav", ".mp3", ".m4a", ".flac", ".ogg", ".opus", ".webm", ".mp4"))
_TEXT_SUFFIXES = (".txt", ".json")


@dataclass(frozen=True)
class Recording:
    """One recording and what is known of it: what was said, who spoke when, or both."""

    name: str
    audio: Path
    transcript: tuple[Utterance, ...] | None
    turns: tuple[SpeakerTurn, ...] | None


def recordings_with_transcripts(data_dir: Path) -> list[Recording]:
    """Those whose words are known, sorted by name; `InputError` where there are none."""
    found = [item for item in recordings(data_dir) if item.transcript]
    if not found:
        raise InputError(
            "No recording with a transcript of the same name was found: name a folder with "
            "audio/NAME.mp3 and transcripts/NAME.txt, or with both side by side."
        )
    return found


def recordings(data_dir: Path) -> list[Recording]:
    """All recordings of a folder, sorted by name. Raises `InputError` if it is no folder."""
    if not data_dir.is_dir():
        raise InputError("There is no folder of data at that path: check the path.")
    turns = _rttm_turns(data_dir)
    files = [path for path in _files(data_dir, "audio") if path.suffix.lower() in AUDIO_SUFFIXES]
    return [
        Recording(
            name=path.stem,
            audio=path,
            transcript=_transcript_of(data_dir, path.stem),
            turns=turns.get(path.stem),
        )
        for path in sorted(files)
    ]


def _files(data_dir: Path, subfolder: str) -> list[Path]:
    folders = [data_dir, data_dir / subfolder]
    return [path for folder in folders if folder.is_dir() for path in folder.iterdir()]


def _transcript_of(data_dir: Path, name: str) -> tuple[Utterance, ...] | None:
    """What was said in recording `name`; None where no file tells."""
    files = sorted(_files(data_dir, "transcripts"))
    for path in files:
        if path.stem == name and path.suffix in _TEXT_SUFFIXES:
            return tuple(read_transcript(path))
    tiers = textgrids_of(name, files)
    if tiers:
        return tuple(utterances_of_textgrids(tiers))
    return _transcript_of_series(name, files)


def _transcript_of_series(name: str, files: list[Path]) -> tuple[Utterance, ...] | None:
    """`VISIT__audios__1.mp3` belongs to `VISIT__audio2transcript.json`, if that is the only one."""
    visit, mark, _ = name.partition("__")
    matching = [p for p in files if p.stem.startswith(visit + "__") and p.suffix in _TEXT_SUFFIXES]
    return tuple(read_transcript(matching[0])) if mark and len(matching) == 1 else None


def _rttm_turns(data_dir: Path) -> dict[str, tuple[SpeakerTurn, ...]]:
    """Turns by recording; lines of RTTM are SPEAKER name channel start duration . . speaker . ."""
    turns: dict[str, list[SpeakerTurn]] = {}
    for path in sorted(_files(data_dir, "rttm")):
        if path.suffix == ".rttm":
            for line in path.read_text("utf-8").splitlines():
                _add_turn(line.split(), turns)
    return {
        name: tuple(sorted(some, key=lambda turn: turn.span.start)) for name, some in turns.items()
    }


def _add_turn(fields: list[str], turns: dict[str, list[SpeakerTurn]]) -> None:
    if len(fields) < 8 or fields[0] != "SPEAKER":
        return
    try:
        start, duration = float(fields[3]), float(fields[4])
        span = TimeSpan(start=start, end=start + duration)
    except ValueError:
        raise InputError("A line of an .rttm file has no valid times: check the files.") from None
    turns.setdefault(fields[1], []).append(SpeakerTurn(label=fields[7], span=span))
