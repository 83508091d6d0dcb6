"""`medscribe listen`: a visit from the microphone, live, to transcript, note and prescription."""

import signal
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from medscribe.audio.file_source import open_file_source
from medscribe.audio.microphone import list_devices as input_devices
from medscribe.audio.microphone import open_microphone
from medscribe.audio.source import SoundSource
from medscribe.bootstrap import MedScribe, build
from medscribe.cli import choices, console
from medscribe.cli.files import OUTDATED, result_files
from medscribe.cli.live_session import LiveSession
from medscribe.cli.timings import timings_table
from medscribe.cli.visit import with_results
from medscribe.domain.encounter import Encounter
from medscribe.domain.event import EventKind
from medscribe.domain.results import EncounterResults
from medscribe.errors import InputError, MedScribeError
from medscribe.export.documents import order_line
from medscribe.export.folder import write_files
from medscribe.pipeline import intake
from medscribe.pipeline.masking import require_masking
from medscribe.settings import Settings, load_settings

Device = Annotated[str | None, typer.Option(help="Microphone, by name; see --list-devices.")]
ListDevices = Annotated[bool, typer.Option("--list-devices", help="Show the microphones and stop.")]
FromFile = Annotated[
    Path | None, typer.Option(help="A recording that stands in for the microphone.")
]
Realtime = Annotated[
    bool, typer.Option("--realtime", help="Play --from-file at the speed of speech.")
]
Speed = Annotated[
    float, typer.Option(min=0.1, max=100, help="With --realtime: so many times faster.")
]
Hotwords = Annotated[
    list[str] | None, typer.Option(help="A word to expect, such as a drug; repeat it.")
]


def listen(
    device: Device = None,
    list_devices: ListDevices = False,
    from_file: FromFile = None,
    realtime: Realtime = False,
    speed: Speed = 1.0,
    out: Annotated[Path, typer.Option(help="Folder for the result files.")] = Path("out"),
    asr: choices.Asr = None,
    num_speakers: choices.NumSpeakers = None,
    template: choices.TemplateName = None,
    hotword: Hotwords = None,
    reveal: choices.Reveal = False,
    timings: choices.Timings = False,
    quiet: choices.Quiet = False,
) -> None:
    """Listen to a visit: transcript, note and prescription grow while it is spoken.

    Keys: p pauses and goes on, x exchanges clinician and patient, q (or Ctrl-C) stops. What was
    heard is on the disk, sealed, before it is worked on; if the machine dies, `medscribe encounters
    resume` finishes the visit.

    Example: medscribe listen --out out/visit
    """
    if list_devices:
        _show_devices()
        return
    if realtime and from_file is None:
        raise InputError("--realtime goes with --from-file.")
    if out.exists() and not out.is_dir():
        raise InputError("The output folder is a file. Give another --out.")
    settings = load_settings()
    options = choices.encounter_options(settings, asr, num_speakers, template)
    options = options.model_copy(update={"hotwords": tuple(hotword or ())})
    source = _source(settings, device, from_file, speed if realtime else None)
    with console.progress_shown(quiet=True) as progress:
        medscribe = build(settings, progress=progress, notice=console.notice)
        require_masking(medscribe.engines)
        _mention_interrupted(medscribe)
        encounter = intake.begin_visit(medscribe.store, options)
        session = LiveSession(medscribe, encounter, source, out=out, reveal=reveal, quiet=quiet)
        failure = _until_done(session)
    delivery = Delivery(out=out, reveal=reveal, timings=timings)
    try:
        _finish(medscribe, encounter, session, delivery)
    except MedScribeError as error:
        # What broke the recording off is why nothing could be made of it.
        raise failure or error from None
    finally:
        medscribe.close()
    if failure is not None:
        raise failure


@dataclass(frozen=True)
class Delivery:
    """Where results go and how."""

    out: Path
    reveal: bool
    timings: bool


def _source(
    settings: Settings, device: str | None, from_file: Path | None, pace: float | None
) -> SoundSource:
    if from_file is not None:
        source = open_file_source(
            from_file,
            realtime=pace is not None,
            speed=pace or 1.0,
            max_seconds=settings.max_audio_hours * 3600,
        )
        if source.truncated:
            console.notice("The file is cut off; what could be decoded of it is used.")
        return source
    return open_microphone(device)


def _until_done(session: LiveSession) -> MedScribeError | None:
    """Listen until the source ends or the person stops it; what broke recording off, if anything.

    Ctrl-C stops the recording; a second one leaves the rest to `medscribe encounters resume`.
    """

    def stop_listening(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # Elsewhere: the code that this interrupts may hold the very locks that stopping takes.
        Thread(target=session.stop).start()

    before = signal.signal(signal.SIGINT, stop_listening)
    try:
        session.run()
    except KeyboardInterrupt:
        console.notice("What was heard is kept; finish it with  medscribe encounters resume")
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    return session.error


def _finish(
    medscribe: MedScribe, encounter: Encounter, session: LiveSession, delivery: Delivery
) -> None:
    medscribe.queue.submit(encounter.id)
    try:
        medscribe.queue.drain()
    except InputError:
        log = medscribe.audio_log(encounter.id)
        if not log.length:
            intake.discard(medscribe.store, medscribe.audio_log, encounter.id)
            raise
        # A voice too soft for us may still be in the recording.
        console.notice(
            f"The recording is kept; remove it with  medscribe encounters purge {encounter.id}"
        )
        raise

    def deliver(results: EncounterResults) -> None:
        files = result_files(
            results,
            reveal=delivery.reveal,
            templates=medscribe.settings.templates_folder,
        )
        paths = write_files(delivery.out, files, outdated=OUTDATED, private=delivery.reveal)
        if results.prescription is not None:
            for order in results.prescription.orders:
                console.output.print(f"  Order: {order_line(order)}", markup=False)
        for alert in results.alerts or ():
            console.output.print(f"  Alert ({alert.severity}): {alert.detail}", markup=False)
        console.output.print(session.summary(), markup=False)
        console.output.print(f"Wrote {len(paths)} files to {delivery.out}", markup=False)
        if delivery.timings:
            seconds = session.status.heard_seconds
            console.output.print(timings_table(medscribe.engines.clock, seconds))

    if session.status.dropped_seconds:
        if delivery.reveal:
            medscribe.store.note_event(encounter.id, EventKind.REVEALED)
        deliver(medscribe.store.results(encounter.id))
        console.notice(
            "Some speech was left out of the transcript, so the recording is kept; remove it with  "
            f"medscribe encounters purge {encounter.id}"
        )
        return
    with_results(medscribe, encounter, deliver, reveal=delivery.reveal)


def _mention_interrupted(medscribe: MedScribe) -> None:
    """Tell of visits that an earlier run could not finish: nobody else would."""
    intake.end_interrupted_visits(medscribe.store, medscribe.audio_log)
    if intake.cut_off(medscribe.store, medscribe.audio_log):
        console.notice("An earlier visit was cut off:  medscribe encounters resume  finishes it.")


def _show_devices() -> None:
    devices = input_devices()
    if not devices:
        console.output.print("No microphone was found: plug one in, see docs/microphone.md.")
    for found in devices:
        mark = "*" if found.default else " "
        console.output.print(f"{mark} {found.name}  ({found.channels} channels)", markup=False)
