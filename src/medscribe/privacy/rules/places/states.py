"""States of the USA and provinces of Canada: they stay, but for those that belong to an address."""

from functools import cache

STATE_CODE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|W[AIVY])"
)
"""Postal codes of the states: "MA"."""

_STATES = (
    "alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, "
    "georgia, hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, "
    "maryland, massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, "
    "nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, "
    "ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, "
    "tennessee, texas, utah, vermont, virginia, washington, west virginia, wisconsin, wyoming, "
    "alberta, british columbia, manitoba, new brunswick, newfoundland, nova scotia, ontario, "
    "quebec, saskatchewan"
)


@cache
def state_names() -> str:
    """Alternatives of a pattern: each state's name."""
    names = sorted(_STATES.split(", "), key=len, reverse=True)
    return "|".join(name.replace(" ", r"\s+") for name in names)
