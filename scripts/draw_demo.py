"""out/demo -> docs/images/demo.svg: the picture of the README, drawn from a real run.

make demo && .venv/bin/python scripts/draw_demo.py
"""

import io
import json
import re
from pathlib import Path

from rich.columns import Columns
from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from medscribe.domain.medication import Prescription
from medscribe.export.documents import order_line

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "out" / "demo"
PICTURE = ROOT / "docs" / "images" / "demo.svg"
COLUMN = 68


def transcript() -> Panel:
    """The first turns, speakers coloured."""
    lines = (DEMO / "transcript.txt").read_text("utf-8").splitlines()[:13]
    text = Text("\n".join(lines))
    text.highlight_regex(r"CLINICIAN", "bold cyan")
    text.highlight_regex(r"PATIENT", "bold magenta")
    text.highlight_regex(r"<[A-Z_:0-9]+>", "black on yellow")
    return Panel(text, title="transcript, masked", width=COLUMN)


def note() -> Panel:
    """The note's body, without the list of quotes."""
    body = (DEMO / "note.md").read_text("utf-8").split("## EVIDENCE")[0]
    lines = [line for line in body.splitlines()[1:] if line and not line.startswith(">")]
    text = Text("\n".join(line.removeprefix("## ") for line in lines))
    text.highlight_regex(r"(?m)^[A-Z][A-Z ]+$", "bold green")
    text.highlight_regex(r"\[\d+\]", "dim")
    return Panel(text, title="note: every sentence with its evidence", width=COLUMN)


def orders() -> Panel:
    """Orders on a line each."""
    (file,) = DEMO.glob("prescription_*.json")
    prescription = Prescription.model_validate_json(file.read_text("utf-8"))
    lines = [order_line(order) for order in prescription.orders]
    lines += [
        f"ALLERGY {allergy.substance}" + (f": {allergy.reaction}" if allergy.reaction else "")
        for allergy in prescription.allergies
    ]
    return Panel("\n".join(lines), title="prescription", width=COLUMN)


def alerts() -> Panel:
    """What the checks found."""
    found = json.loads((DEMO / "alerts.json").read_text("utf-8"))["alerts"]
    text = "\n".join(f"{alert['severity'].upper()}: {alert['detail']}" for alert in found)
    return Panel(Text(text, style="bold red"), title="alerts", width=COLUMN)


def main() -> None:
    console = Console(record=True, width=2 * COLUMN + 2, file=io.StringIO())
    console.print(Columns([Group(transcript(), orders(), alerts()), note()]))
    svg = console.export_svg(title="make demo")
    # The picture must not fetch fonts from anywhere.
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
