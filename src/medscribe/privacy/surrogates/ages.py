"""An age over 89, as written or spoken -> the one class of ages that Safe Harbor lets stand for it.

45 CFR 164.514(b)(2)(i)(C): "aggregated into a single category of age 90 or older".
"""

import re

_CENTENARIAN = re.compile(r"(?:super)?centenarian", re.IGNORECASE)
_NINETIES = re.compile(r"nineties|90['’]?s\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"year[\s-]*old", re.IGNORECASE)
_ANNOUNCED = re.compile(r"(?:aged?|age\s+(?:is|of))\s+", re.IGNORECASE)


def age_over_89(original: str) -> str:
    """ "92 years old" -> "90 or older", "a <92-year-old> man" -> "a <90-or-older> man"."""
    spoken = not any(map(str.isdecimal, original))
    lowest = "ninety" if spoken else "90"
    if _CENTENARIAN.search(original):
        return _in_case(original, "person of ninety or older")
    if _NINETIES.search(original):
        return _in_case(original, "90s or later" if spoken else "nineties or later")
    if _ATTRIBUTE.search(original):
        return _in_case(original, f"{lowest}-or-older")
    announced = _ANNOUNCED.match(original)
    return _in_case(original, f"{announced.group() if announced else ''}{lowest} or older")


def _in_case(original: str, new: str) -> str:
    if original.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if original[:1].isupper() else new
