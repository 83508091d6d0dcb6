"""LOINC codes: is one written as LOINC writes them?"""

import re

_FORM = re.compile(r"(?P<number>\d{1,7})-(?P<check>\d)")


def is_loinc(code: str) -> bool:
    """Whether `code` is a number, a hyphen and the right check digit ("10164-2").

    The digit follows from the number by the Luhn method (LOINC Users' Guide), so that a slip of
    one digit, or of two that changed places, is seen. Whether LOINC lists the code is not known.
    """
    match = _FORM.fullmatch(code)
    return match is not None and int(match["check"]) == _check_digit(match["number"])


def _check_digit(number: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
