"""Seconds of every stage per second of audio, and of a note, on this machine.

make bench            the sample visit; real visits too where the corpora are beside the checkout
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from bench_speech import listening, overhead
from rich.console import Console
from rich.table import Table

from medscribe.audio.decode import decode
from medscribe.bootstrap import build, build_engines
from medscribe.cli.visit import run_recording
from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import MissingDependencyError
from medscribe.evaluation.corpora import read_visits
from medscribe.evaluation.notes import evaluate_notes
from medscribe.note.template import load_template
from medscribe.note.writers import extractive
from medscribe.privacy.mask import mask
from medscribe.settings import load_settings

WORDS_OF_HALF_AN_HOUR = 4_500
ROOT = Path(__file__).resolve().parent.parent
console = Console(highlight=False, width=110)


def machine() -> str:
    """Processor, cores and memory, as the system tells them."""
    model = platform.processor() or platform.machine()
    memory = "? GiB"
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
        total = next(
            x for x in Path("/proc/meminfo").read_text().splitlines() if x.startswith("MemTotal")
        )
        memory = f"{int(total.split()[1]) / 1024**2:.0f} GiB"
    return f"{model}, {os.cpu_count()} cores, {memory}, Python {platform.python_version()}"


def recordings(data: Path) -> Iterator[Path]:
    yield ROOT / "samples" / "visit.ogg"
    yield from sorted((data / "visits" / "audio").glob("CAR0001.mp3"))


def bench_stages(recording: Path, asr: str, runs: int) -> None:
    """Every stage over one recording: the median of `runs` whole visits in a fresh store each."""
    seconds: dict[str, list[float]] = {}
    peak: dict[str, float] = {}
    duration = 0.0
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            medscribe = build(load_settings(data_dir=Path(folder), allow_download=False))
            encounter = run_recording(medscribe, recording, EncounterOptions(asr=asr))
            transcription = medscribe.store.results(encounter.id).transcription
            assert transcription is not None
            duration = transcription.duration_seconds
            clock = medscribe.engines.clock
            medscribe.close()
        for stage, spent in clock.seconds.items():
            seconds.setdefault(stage, []).append(spent)
            peak[stage] = max(peak.get(stage, 0.0), clock.peak_mib[stage])
    table = Table(title=f"{recording.name}: {duration:.0f} s of audio, engine {asr}, {runs} run(s)")
    for heading in ("stage", "seconds", "per audio second", "share", "peak MiB"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    medians = {stage: statistics.median(values) for stage, values in seconds.items()}
    total = sum(medians.values())
    for stage, spent in [*medians.items(), ("total", total)]:
        memory = f"{peak.get(stage, max(peak.values())):.0f}"
        table.add_row(
            stage, f"{spent:.2f}", f"{spent / duration:.4f}", f"{spent / total:.0%}", memory
        )
    console.print(table)


def bench_notes(data: Path) -> None:
    """Seconds of masking and writing per note over the validation visits."""
    folder = data / "aci-bench"
    if not folder.is_dir():
        console.print("Notes: the corpora are not beside this checkout; give --data.")
        return
    settings = load_settings()
    engines = build_engines(settings)
    result = evaluate_notes(
        folder,
        split="valid",
        writer=engines.writer(),
        template=load_template("soap"),
        detectors=engines.detectors(),
        predictions=None,
    )
    console.print(f"Notes: {result['seconds_per_note']:.3f} s each over {result['n']} visits")


def bench_growing_note(data: Path) -> None:
    """Processor time of the embedded note of a visit fed by utterances, and how it grows."""
    folder = data / "aci-bench"
    if not folder.is_dir():
        console.print("Growing note: the corpora are not beside this checkout; give --data.")
        return
    said = [turn for visit in read_visits(folder, "valid") for turn in visit.utterances]
    words = list(accumulate(len(turn.text.split()) for turn in said))
    turns = [
        MaskedUtterance(id=f"u{number}", speaker=turn.speaker, role=turn.role, text=turn.text)
        for number, turn in enumerate(said)
    ]
    template = load_template("soap")
    writer = extractive.create(extractive.Options())
    writer.write(turns[:20], template)  # tables and the model are read
    seconds = []
    for share in (0.5, 1):
        visit = turns[: bisect_left(words, share * WORDS_OF_HALF_AN_HOUR) + 1]
        live, began = writer.begin(template), time.process_time()
        for number in range(1, len(visit) + 1):
            live.update(visit[:number])
        seconds.append(time.process_time() - began)
    half, whole = seconds
    console.print(
        f"Growing note, {len(visit)} utterances in 30 minutes: {half:.2f} s of processor time for "
        f"the first 15, {whole:.2f} s for 30, {whole / half:.1f} times as much"
    )


def bench_masking(data: Path) -> None:
    """Seconds of masking the words of half an hour, per set of detectors."""
    folder = data / "aci-bench"
    if not folder.is_dir():
        console.print("Masking: the corpora are not beside this checkout; give --data.")
        return
    said = [turn for visit in read_visits(folder, "valid") for turn in visit.utterances]
    words = list(accumulate(len(turn.text.split()) for turn in said))
    said = said[: bisect_left(words, WORDS_OF_HALF_AN_HOUR) + 1]
    for names in (("clinical",), ("clinical", "presidio")):
        try:
            detectors = build_engines(load_settings(detectors=names)).detectors()
        except MissingDependencyError:
            continue
        mask(said, detectors)  # lists are read and models loaded
        began = time.process_time()
        mask(said, detectors)
        spent = time.process_time() - began
        console.print(
            f"Masking {WORDS_OF_HALF_AN_HOUR} words in {len(said)} turns, {' and '.join(names)}: "
            f"{spent:.2f} s of processor time"
        )


def bench_speech(recording: Path) -> None:
    """Our path over the bare library, and the cost of listening live."""
    samples = decode(recording, max_seconds=3600).mono
    over_bare, with_vad = overhead(samples[: 60 * SAMPLE_RATE])
    console.print(
        "Over a bare faster-whisper call (random weights as large as base.en, 60 s of sound): "
        f"{over_bare:+.1%}; over the call with the library's own voice filter: {with_vad:+.1%}"
    )
    share = listening(samples)
    console.print(
        f"Listening live, without the engine: {share:.2%} of real time (voice, cuts, previews)"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--asr", default="auto", help="recognition engine (default auto)")
    parser.add_argument("--runs", type=int, default=1, help="visits per recording (default 1)")
    chosen = parser.parse_args(arguments)
    console.print(f"Machine: {machine()}")
    for recording in recordings(chosen.data):
        bench_stages(recording, chosen.asr, chosen.runs)
    bench_speech(ROOT / "samples" / "visit.ogg")
    bench_notes(chosen.data)
    bench_growing_note(chosen.data)
    bench_masking(chosen.data)


if __name__ == "__main__":
    main()
