"""Values -> FHIR's data types as JSON: text, codes, amounts, narrative. Nothing empty comes out."""

import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from medscribe.domain.medication import Coding, Quantity

Json = dict[str, Any]
"""A FHIR element or resource as JSON."""

UCUM = "http://unitsofmeasure.org"
HL7 = "http://terminology.hl7.org/CodeSystem"
UNKNOWN = "unknown"

TIME_UNITS = frozenset(["s", "min", "h", "d", "wk", "mo", "a"])
"""FHIR's units of time (value set units-of-time), which are UCUM codes."""

_UCUM_CODES: Mapping[str, str] = {
    **{unit: unit for unit in TIME_UNITS},
    **{unit: unit for unit in ("g", "mg", "ug", "ng", "kg", "L", "mL", "dL", "mm", "cm", "m")},
    **{unit: unit for unit in ("%", "Cel", "[degF]", "[lb_av]", "[oz_av]", "[in_i]", "[ft_i]")},
    **{unit: unit for unit in ("mm[Hg]", "/min", "kg/m2", "mg/dL", "g/dL", "mmol/L", "umol/L")},
    **{unit: unit for unit in ("ng/mL", "ug/mL", "pg/mL", "ng/dL", "ug/dL", "meq/L", "g/L", "U/L")},
    **{unit: unit for unit in ("mmol/mol", "mL/min/{1.73_m2}", "mL/min", "10*3/uL", "10*9/L")},
    **{unit: unit for unit in ("m[IU]/L", "u[IU]/mL", "[IU]/L", "mm/h", "fL", "pg", "{INR}", "1")},
    "mcg": "ug", "µg": "ug", "μg": "ug", "mEq": "meq", "units": "[iU]", "unit": "[iU]",
    "IU": "[iU]", "ml": "mL", "cc": "mL", "drop": "[drp]",
}  # fmt: skip
"""The words of our records -> UCUM. Insulin and vitamins are dosed in international units."""

_FOR_PEOPLE: Mapping[str, str] = {
    "mm[Hg]": "mmHg", "Cel": "°C", "[degF]": "°F", "[lb_av]": "lb", "[oz_av]": "oz",
    "[in_i]": "in", "[ft_i]": "ft", "{score}": "", "{INR}": "", "1": "",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²", "kg/m2": "kg/m²",
}  # fmt: skip
"""UCUM codes that people write otherwise."""

_WORD = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")
_ANNOTATION = re.compile(r"\{[!-z|~]+\}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str | None) -> str:
    """`text` on one line, without characters that JSON readers or XML refuse; may be empty."""
    return " ".join(_NOT_XML.sub(" ", text or "").split())


def without_empty(element: Json) -> Json:
    """The element without fields that hold nothing: FHIR allows no empty string, list or object."""
    return {key: value for key, value in element.items() if value not in (None, "", [], {})}


def number(value: float) -> int | float | None:
    """A FHIR decimal: 10.0 as 10; None for what is no number."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def quantity(said: Quantity | None) -> Json | None:
    """FHIR `Quantity`, with a UCUM code where the unit has one; "2 tablet" -> `{tablet}`."""
    value = None if said is None else number(said.value)
    if said is None or value is None:
        return None
    unit = clean(said.unit)
    code = _UCUM_CODES.get(unit) or _annotation(unit)
    coded = {"system": UCUM, "code": code} if code else {}
    return without_empty({"value": value, "unit": shown_unit(unit), **coded})


def shown_unit(unit: str) -> str:
    """A unit as people write it: `mm[Hg]` as "mmHg"."""
    return _FOR_PEOPLE.get(unit, unit)


def _annotation(unit: str) -> str | None:
    """UCUM's way to count things: `{tablet}`."""
    if _ANNOTATION.fullmatch(unit):
        return unit
    return f"{{{unit}}}" if _WORD.fullmatch(unit) else None


def duration(said: Quantity | None) -> Json | None:
    """FHIR `Duration` (invariant drt-1): None unless the unit is one of time."""
    if said is None or said.unit not in TIME_UNITS or said.value < 0:
        return None
    return quantity(said)


def coding(system: str, code: str, display: str | None = None) -> Json:
    return without_empty({"system": system, "code": code, "display": display})


def concept(text: str | None, codings: Sequence[Coding] = ()) -> Json:
    """`CodeableConcept` of the words and the codes of a public terminology."""
    codes = [coding(clean(c.system), clean(c.code), clean(c.display)) for c in codings]
    known = [code for code in codes if {"system", "code"} <= code.keys()]
    words = clean(text) or ("" if known else UNKNOWN)
    return without_empty({"coding": known, "text": words})


def coded(system: str, code: str, display: str | None = None) -> Json:
    """`CodeableConcept` of one code."""
    return {"coding": [coding(system, code, display)]}


def notes(*texts: str | None) -> list[Json]:
    """`Annotation`s of the texts that say something."""
    return [{"text": clean(text)} for text in texts if clean(text)]


def narrative(lines: Iterable[str], *, status: str = "generated") -> Json:
    """`Narrative`: one paragraph per line, escaped; `status` "additional": it says more than the
    structured data."""
    return markup([f"<p>{html.escape(clean(line), quote=False)}</p>" for line in lines], status)


def listed(lines: Iterable[str]) -> str:
    """Lines as an XHTML list; "" for no lines."""
    items = "".join(f"<li>{html.escape(clean(line), quote=False)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def markup(parts: Sequence[str], status: str) -> Json:
    """`Narrative` of ready XHTML."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}</div>'
    return {"status": status, "div": div}
