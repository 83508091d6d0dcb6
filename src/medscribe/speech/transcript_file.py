"""A transcript somebody made, as text or JSON -> utterances.

Text: one turn per label, in any of the styles `[doctor] ...`, `D: ...`, `Speaker 1: ...` and
`CLINICIAN  ...` (two spaces or a tab); lines without a label continue the turn above, lines above
the first label are left out. JSON: `text` or `json` turns, see `transcript_json`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from medscribe.domain.transcript import Relation, Role, Utterance
from medscribe.errors import TranscriptError
from medscribe.speech.speaker_labels import is_child, is_noise, is_numbered, relation_of, role_of
from medscribe.speech.transcript_json import JsonTurn, turns_of_json

LARGEST_BYTES = 10 * 1024 * 1024
"""A ten-hour visit is about 1 MB of text: what is larger is something else."""

_TIME = re.compile(r"^[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?[ \t]*-?[ \t]*(?=\S)")
_STYLES = (
    re.compile(r"^\[(?P<label>[^\[\]\n]{1,40})\][ \t]*:?[ \t]*(?P<text>.*)$"),
    re.compile(
        r"^\*{0,2}(?P<label>[^\W\d][\w.'’ ()-]{0,39}?(?:[ ]\([^():\n]{1,60}\))?)"
        r"[ \t]*\*{0,2}:\*{0,2}[ \t]*(?P<text>.*)$"
    ),
    re.compile(r"^(?P<label>[^\W\d][\w.'’-]*(?: \w+)?)(?:[ ]{2,}|\t[ \t]*)(?P<text>\S.*)$"),
    # A slip of the finger for "D:", six times in the interviews of Fareez et al.; letters only,
    # since "No; it hurts" is a sentence.
    re.compile(r"^(?P<label>[A-Za-z]);[ \t]*(?P<text>.*)$"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class _Line:
    """One line of the file; `label` None where none of the styles fits."""

    label: str | None
    text: str
    whole: str


def read_transcript(path: Path) -> list[Utterance]:
    """The turns of a transcript file as utterances "u1", "u2" ..., in the order of the file.

    A label that names a role gives that role, and a companion's relation ("Patient's daughter");
    a "Child" beside its mother or father is the patient, where no label names one; others give
    `Role.UNKNOWN`, to be decided later from what was said. Labels may be names of people, so
    speakers are called "S1", "S2" ... by first appearance (a file whose labels are all of that form
    keeps them). Turns without words are left out.

    Raises `TranscriptError`, without quoting the file, where it is missing, a folder, empty,
    binary, over 10 MB, or holds no turns of labelled speakers.
    """
    text = _text_of(path)
    turns = turns_of_json(text, required=path.suffix.lower() == ".json")
    if turns is None:
        turns = [JsonTurn(speaker=label, text=said) for label, said in _turns_of_text(text)]
    if not turns:
        raise TranscriptError(
            "The transcript has no speaker labels: begin each turn with one, such as "
            "'CLINICIAN:' or 'PATIENT:'."
        )
    spoken = [turn for turn in turns if turn.text]
    if not spoken:
        raise TranscriptError("The transcript has speaker labels but no words: check the file.")
    return _utterances(spoken)


def _text_of(path: Path) -> str:
    """The file as text with plain line ends; UTF-8, UTF-16 or Windows Latin."""
    if path.is_dir():
        raise TranscriptError("The transcript is a folder: name the text or JSON file in it.")
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise TranscriptError("The transcript is larger than 10 MB: hand over one visit.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise TranscriptError("There is no transcript file at that path: check the path.") from None
    except OSError:
        raise TranscriptError("The transcript cannot be read: check its permissions.") from None
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise TranscriptError("The transcript is empty: hand over a file with the turns in it.")
    if len(_CONTROL.findall(text)) > len(text) / 200:
        raise TranscriptError("The transcript is not text: hand over a .txt or .json file.")
    return text


def _decoded(content: bytes) -> str:
    """Bytes -> text. UTF-16 without a mark is known by the zero byte in every ASCII letter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding, zeros, others in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        sample = content[:4000]
        if sample[zeros::2].count(0) > len(sample) / 4 and sample[others::2].count(0) == 0:
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _turns_of_text(text: str) -> list[tuple[str, str]]:
    """(label, words) of every turn; [] where no label was found."""
    lines = [_split(line.strip()) for line in text.split("\n") if line.strip()]
    speakers = _speaker_labels(lines)
    turns: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.label is not None and _key(line.label) in speakers:
            turns.append((line.label, [line.text]))
        elif turns:
            turns[-1][1].append(line.whole)
    return [(label, " ".join(" ".join(said).split())) for label, said in turns]


def _split(line: str) -> _Line:
    """A line -> its possible label and the words after it; a time in front is dropped."""
    line = _TIME.sub("", line)
    for style in _STYLES:
        found = style.match(line)
        if found:
            return _Line(label=found["label"].strip(), text=found["text"], whole=line)
    return _Line(label=None, text=line, whole=line)


def _speaker_labels(lines: list[_Line]) -> set[str]:
    """Keys of the labels that stand for people.

    "Plan: rest" inside a turn looks like a label too. So a label counts where it names a role or a
    numbered voice, or comes back; where none does, all count if every line has one.
    """
    candidates = [line.label for line in lines if line.label is not None]
    counts = Counter(_key(label) for label in candidates if not is_noise(label))
    accepted = {
        key
        for key, count in counts.items()
        if is_numbered(_unnamed(key)) or _names_a_role(key) or (count > 1 and len(key.split()) <= 2)
    }
    if not accepted and len(candidates) == len(lines):
        return set(counts)
    return accepted


def _names_a_role(key: str) -> bool:
    """Labels are short: "Doctor", "Dr. Smith", "Patient's mother"; a sentence is none."""
    return len(_unnamed(key).split()) <= 3 and role_of(key) is not Role.UNKNOWN


def _unnamed(key: str) -> str:
    """`mother (ann maria walsh)` -> `mother`."""
    return re.sub(r"(?<=.) *\([^()]*\)\Z", "", key)


def _key(label: str) -> str:
    return label.casefold()


def _utterances(turns: list[JsonTurn]) -> list[Utterance]:
    """Turns -> utterances with anonymous speakers."""
    labels = list(dict.fromkeys(_key(turn.speaker) for turn in turns))
    if all(re.fullmatch(r"s\d{1,2}", label) for label in labels):
        anonymous = {label: label.upper() for label in labels}
    else:
        anonymous = {label: f"S{number}" for number, label in enumerate(labels, start=1)}
    roles = [turn.role or role_of(turn.speaker) for turn in turns]
    relations = [turn.relation or relation_of(turn.speaker) for turn in turns]
    if Role.PATIENT not in roles and {Relation.MOTHER, Relation.FATHER} & set(relations):
        roles = [
            Role.PATIENT if is_child(turn.speaker) else role
            for turn, role in zip(turns, roles, strict=True)
        ]
    return [
        Utterance(
            id=f"u{number}",
            speaker=anonymous[_key(turn.speaker)],
            role=role,
            relation=relation,
            text=turn.text,
            span=turn.span,
            words=turn.words,
        )
        for number, (turn, role, relation) in enumerate(
            zip(turns, roles, relations, strict=True), start=1
        )
    ]
