"""Stage seconds and memory -> a table."""

from rich.table import Table

from medscribe.pipeline.clock import StageClock


def timings_table(clock: StageClock, audio_seconds: float | None) -> Table:
    """One row per stage; the real-time factor is seconds of work per second of audio."""
    table = Table(title="Timings", title_justify="left")
    for heading in ("stage", "seconds", "real-time factor", "peak memory MiB"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for stage, seconds in clock.seconds.items():
        factor = f"{seconds / audio_seconds:.4f}" if audio_seconds else "-"
        table.add_row(stage, f"{seconds:.2f}", factor, f"{clock.peak_mib[stage]:.0f}")
    total = sum(clock.seconds.values())
    factor = f"{total / audio_seconds:.4f}" if audio_seconds else "-"
    table.add_row("total", f"{total:.2f}", factor, f"{max(clock.peak_mib.values()):.0f}")
    return table
