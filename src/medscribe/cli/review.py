"""`medscribe encounters speakers` and `identifiers`: what the clinician puts right."""

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from medscribe.bootstrap import MedScribe, build
from medscribe.cli import choices, console
from medscribe.domain.event import EventKind
from medscribe.domain.privacy import PLACEHOLDER, PiiDecision
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Speaker, SpeakerCorrection
from medscribe.errors import InputError
from medscribe.pipeline.review import correct_speakers, decide_identifiers, decisions_on
from medscribe.safety.checks.speaker_roles import SpeakerRoles
from medscribe.settings import load_settings

EncounterId = Annotated[str, typer.Argument(help="Id as shown by `medscribe encounters list`.")]


def speakers(
    encounter_id: EncounterId,
    speaker: choices.SpeakerRoles = None,
    swap: choices.Swap = False,
    name: Annotated[
        str | None,
        typer.Option(help="A voice, such as S1, whose name is read from the terminal or a pipe."),
    ] = None,
) -> None:
    """Show who speaks in which role, or put it right; note and checks are then made anew.

    Example: medscribe encounters speakers ID --speaker S1=clinician --speaker S3=mother
    """
    medscribe = build(load_settings())
    results = medscribe.store.results(encounter_id)
    if results.speakers is None:
        raise InputError("It is not known yet who speaks in this encounter: let it finish first.")
    corrections = [*choices.speaker_corrections(speaker)]
    if swap:
        corrections += choices.exchange(results.speakers, beside=corrections)
    if name is not None:
        label = choices.voice_label(name)
        corrections.append(SpeakerCorrection(speaker=label, name=_asked(f"Name of {label}")))
    if corrections:
        correct_speakers(medscribe.store, encounter_id, corrections)
        results = _made_anew(medscribe, encounter_id)
    console.output.print(_speaker_table(results))
    for alert in results.alerts or ():
        if alert.check == SpeakerRoles.name:
            console.output.print(f"Alert ({alert.severity}): {alert.detail}", markup=False)
    medscribe.close()


def identifiers(
    encounter_id: EncounterId,
    confirm: Annotated[
        list[str] | None,
        typer.Option(help="A placeholder, such as '<UNCERTAIN:NAME_2>', that hides an identifier."),
    ] = None,
    release: Annotated[
        list[str] | None,
        typer.Option(help="A placeholder that hides no identifier: its words are shown again."),
    ] = None,
    add: Annotated[
        bool,
        typer.Option(
            "--add", help="Mask more words, one identifier a line, from the terminal or a pipe."
        ),
    ] = False,
    reveal: choices.Reveal = False,
) -> None:
    """Show what is masked, or decide about it; note and checks are then made anew.

    Example: medscribe encounters identifiers ID --release '<UNCERTAIN:NAME_2>'
    """
    medscribe = build(load_settings())
    results = medscribe.store.results(encounter_id)
    decisions = [
        *decisions_on(results, confirm or (), identifies=True),
        *decisions_on(results, release or (), identifies=False),
        *(_more_identifiers() if add else ()),
    ]
    if decisions:
        decide_identifiers(medscribe.store, encounter_id, decisions)
        results = _made_anew(medscribe, encounter_id)
    if reveal:
        medscribe.store.note_event(encounter_id, EventKind.REVEALED)
    console.output.print(_identifier_table(results, reveal))
    medscribe.close()


def _made_anew(medscribe: MedScribe, encounter_id: str) -> EncounterResults:
    medscribe.queue.submit(encounter_id)
    medscribe.queue.drain()
    typer.echo("Masking, note, prescription and checks were made anew.")
    return medscribe.store.results(encounter_id)


def _asked(what: str) -> str:
    """A line of what must not stand on a command line, where other users could read it."""
    if sys.stdin.isatty():
        return str(typer.prompt(what))
    line = _line().strip()
    if not line:
        raise InputError("Nothing was given: type it, or pipe one line into the command.")
    return line


def _more_identifiers() -> list[PiiDecision]:
    typed = sys.stdin.isatty()
    if typed:
        console.notice("One identifier a line; end with an empty line.")
    given: list[PiiDecision] = []
    for line in iter(_line, ""):
        if not line.strip():
            if typed:
                break
            continue
        if not any(character.isalpha() or character.isdecimal() for character in line):
            raise InputError("A line holds no letter and no figure: give the words to be masked.")
        given.append(PiiDecision(original=line, identifies=True))
    return given


def _line() -> str:
    """The next line of standard input, "" at its end."""
    with suppress(UnicodeError):
        line = sys.stdin.readline()
        line.encode()  # bytes that are no UTF-8 may come as halves of characters
        return line
    # Raised out here: the error that is its cause quotes the line.
    raise InputError("What was given is no text in UTF-8: save it as such, or type it.")


def _speaker_table(results: EncounterResults) -> Table:
    turns = Counter(utterance.speaker for utterance in results.utterances or ())
    table = Table()
    for heading in ("speaker", "role", "turns", "rests on", "margin"):
        table.add_column(heading)
    for one in results.speakers or ():
        margin = "-" if one.margin is None else f"{one.margin:+.1f}"
        table.add_row(one.label, _role(one), str(turns[one.label]), _basis(one), margin)
    return table


def _role(speaker: Speaker) -> str:
    return f"{speaker.role} ({speaker.relation})" if speaker.relation else str(speaker.role)


def _basis(speaker: Speaker) -> str:
    return f"{speaker.basis}, contradicted by the words" if speaker.contradicted else speaker.basis


def _identifier_table(results: EncounterResults, reveal: bool) -> Table:
    """Placeholders in the order of the visit, each with the masked words around its first place."""
    table = Table()
    for heading in ("placeholder", "times", "stands in", *(["hides"] if reveal else [])):
        table.add_column(heading)
    texts = [utterance.text for utterance in results.masked or ()]
    counts = Counter(match for text in texts for match in PLACEHOLDER.findall(text))
    for entry in results.vault or ():
        row = [entry.placeholder, str(counts[entry.placeholder])]
        row.append(_around(entry.placeholder, texts))
        table.add_row(*map(escape, [*row, *([entry.original] if reveal else [])]))
    return table


def _around(placeholder: str, texts: Sequence[str]) -> str:
    text = next((text for text in texts if placeholder in text), "")
    at = text.find(placeholder)
    return text[max(at - 30, 0) : at + len(placeholder) + 30].strip()
