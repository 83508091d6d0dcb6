"""What is shown while work goes on: progress and notices, on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

errors = Console(stderr=True, highlight=False, soft_wrap=True)
_PIPED_WIDTH = 200
output = Console(
    highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED_WIDTH
)


class Shown(Protocol):
    """Takes progress reports: what is being done, how much of it is done, how much it is."""

    def __call__(self, what: str, done: float, total: float, /) -> None: ...


@contextmanager
def progress_shown(quiet: bool) -> Iterator[Shown]:
    """A bar on a terminal, one line per stage elsewhere, nothing if `quiet`."""
    if quiet:
        yield lambda _what, _done, _total: None
    elif errors.is_terminal:
        yield from _bar()
    else:
        yield _lines()


def notice(text: str) -> None:
    """One line to the person at the terminal."""
    errors.print("[yellow]Note:[/yellow]", Text(text))


def failure(text: str) -> None:
    """One line on what went wrong. Brackets in it (an extra, a path) are text, not markup."""
    errors.print("[red]Error:[/red]", Text(text))


def _bar() -> Iterator[Shown]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: float, total: float) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield show


def _lines() -> Shown:
    shown: set[str] = set()

    def show(what: str, _done: float, _total: float) -> None:
        if what not in shown:
            shown.add(what)
            errors.print(f"{what} ...")

    return show
