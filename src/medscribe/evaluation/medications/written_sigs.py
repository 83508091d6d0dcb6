"""Written sigs of the data folder, and what they mean -> how much of them is read.

The sigs stay in the data folder; the project keeps what each row means (`written_sigs.csv`). That
gold was drafted by the rules themselves and then corrected row by row by a reader, so it finds
what is read wrong more surely than what nobody thought of.
"""

import csv
import hashlib
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from medscribe.clinical.numbers import normalise_numbers
from medscribe.domain.medication import MedicationOrder, OrderAction
from medscribe.errors import InputError
from medscribe.evaluation.medications.comparison import FIELDS, percent, verdicts
from medscribe.evaluation.medications.gold import GoldOrder
from medscribe.note.prescribing.regimen import read_regimen

_SIGS = Path("drugs") / "parserx_sample_sigs.csv"
_SHA256 = "589f321a9862368cb1e63cb86ca4d89c6a78bddc0b26b97880a46de9710916bc"
_JUDGED = tuple(field for field in FIELDS if field != "action")
_NO_DRUG = "-"


def score_written_sigs(data_dir: Path) -> dict[str, Any]:
    """{sigs, all_right, dose, frequency, when, as_needed, duration, route, n_dose, ...} in percent.

    `all_right` is the share of sigs of which no field is wrong. Raises `InputError` where the file
    is missing or is not the one that the gold was written for.
    """
    sigs, gold = _read(data_dir / _SIGS), _gold()
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    whole = 0
    for sig, wanted in zip(sigs, gold, strict=True):
        judged = verdicts(_order(sig), wanted)
        whole += all(judged[name].right for name in _JUDGED)
        for name in _JUDGED:
            said[name] += judged[name].said
            right[name] += judged[name].said and judged[name].right
    return {
        "sigs": len(gold),
        "all_right": percent(whole, len(gold)),
        **{name: percent(right[name], said[name]) for name in _JUDGED},
        **{f"n_{name}": said[name] for name in _JUDGED},
    }


def _read(path: Path) -> list[str]:
    try:
        packed = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"Put {path.name} into the folder drugs of the data folder.") from None
    if hashlib.sha256(packed).hexdigest() != _SHA256:
        raise InputError(f"Use the {path.name} that the project's gold was written for.")
    return packed.decode("utf-8").splitlines()


def _gold() -> list[GoldOrder]:
    table = files("medscribe.evaluation.medications") / "written_sigs.csv"
    return [
        GoldOrder(
            drug=_NO_DRUG,
            action=OrderAction.MENTION,
            strength=row["strength"] or None,
            dose=row["dose"] or None,
            frequency=row["frequency"] or None,
            when=tuple(row["when"].split()),
            route=row["route"] or None,
            duration=row["duration"] or None,
            as_needed=bool(row["as_needed"]),
        )
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    ]


def _order(sig: str) -> MedicationOrder:
    read = read_regimen(normalise_numbers(sig))
    return MedicationOrder(
        id="m1",
        drug=_NO_DRUG,
        action=OrderAction.MENTION,
        strength=read.strength,
        dose=read.dose,
        dose_max=read.dose_max,
        frequency=read.frequency,
        route=read.route,
        duration=read.duration,
        as_needed=read.as_needed,
        evidence=(),
    )
