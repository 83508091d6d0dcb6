"""What can be measured: names in talk, LOINC codes, units (data: `tables/observations.toml`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from medscribe.domain.medication import Coding
from medscribe.note.findings.rule_tables import entries, words

_LOINC = "http://loinc.org"


@dataclass(frozen=True)
class Measure:
    """`units`: units as written -> UCUM; `believed`: UCUM ("" where none was said) -> the readings
    that are believed, ends included."""

    name: str
    kind: str
    codings: tuple[Coding, ...]
    said: re.Pattern[str] | None
    units: Mapping[str, str] = field(hash=False)
    believed: Mapping[str, tuple[float, float]] = field(hash=False)

    def unit_of(self, value: float, written: str | None) -> str | None:
        """The UCUM unit of a reading: as said, or the only one in which the value is believed;
        "" where none was said and none follows by definition; None for an implausible reading."""
        if written:
            unit = self.units.get(written.lower(), written.lower())
            low, high = self.believed.get(unit) or self.believed.get("") or (0.0, -1.0)
            return unit if low <= value <= high else None
        fitting = [unit for unit, (low, high) in self.believed.items() if low <= value <= high]
        return fitting[0] if len(fitting) == 1 else None


def blood_pressure() -> Measure:
    """Two numbers in one reading."""
    return _by_name()["blood pressure"]


def pain() -> Measure:
    """0 to 10, as the patient says."""
    return _by_name()["pain severity"]


def named_measures(text: str) -> list[tuple[Measure, int, int]]:
    """Measures named in `text` with their characters, in order; of names that overlap the longest
    counts ("hemoglobin a1c")."""
    hits = [
        (match.start(), -match.end(), measure.name)
        for measure in _by_name().values()
        if measure.said
        for match in measure.said.finditer(text)
    ]
    found: list[tuple[Measure, int, int]] = []
    for start, end, name in sorted(hits):
        if not found or start >= found[-1][2]:
            found.append((_by_name()[name], start, -end))
    return found


@cache
def _by_name() -> Mapping[str, Measure]:
    return {str(row["name"]): _measure(row) for row in entries("observations", "observations")}


def _measure(row: Mapping[str, object]) -> Measure:
    code, said = row.get("loinc"), words(row["said"])
    coding = Coding(system=_LOINC, code=str(code), display=str(row["display"])) if code else None
    given = row.get("units", {})
    assert isinstance(given, dict)
    joined = "|".join(said)
    return Measure(
        name=str(row["name"]),
        kind=str(row["kind"]),
        codings=(coding,) if coding else (),
        said=re.compile(rf"\b(?:{joined})(?!\w)", re.IGNORECASE) if said else None,
        units={str(written): str(unit) for written, unit in given.items()},
        believed=_believed(row),
    )


def _believed(row: Mapping[str, object]) -> dict[str, tuple[float, float]]:
    ranges = row.get("ranges")
    if isinstance(ranges, dict):
        return {str(unit): (float(low), float(high)) for unit, (low, high) in ranges.items()}
    believed = {str(row.get("unit", "")): (_number(row["low"]), _number(row["high"]))}
    if "unit2" in row:
        believed[str(row["unit2"])] = (_number(row["low2"]), _number(row["high2"]))
    return believed


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
