"""An e-mail, web or network address -> one that is kept for examples, written or spoken alike.

example.org is reserved by RFC 2606, 192.0.2.0/24 by RFC 5737, 2001:db8::/32 by RFC 3849.
"""

import re
from collections.abc import Iterator

from medscribe.privacy.surrogates.date_parts import SMALL
from medscribe.privacy.surrogates.numbers import any_digits, digit_count, with_digits

_LOCAL_PARTS = (
    *("amber", "birch", "cedar", "clover", "comet", "coral", "delta", "dune", "ember", "fern"),
    *("finch", "garnet", "harbor", "heron", "indigo", "juniper", "kestrel", "lantern", "linden"),
    *("maple", "meadow", "nova", "onyx", "orchid", "otter", "pebble", "pine", "quartz", "quill"),
    *("raven", "robin", "saffron", "sierra", "slate", "sparrow", "sprig", "thistle", "timber"),
    *("topaz", "tulip", "violet", "willow", "wren", "zephyr"),
)
_SPOKEN_DOMAIN = "example dot org"
_DOMAIN = "example.org"


def email_address(original: str, numbers: Iterator[int]) -> str:
    """ "jane at gmail dot com" -> "otter four one at example dot org"; written stays written."""
    word, figures = _label(numbers)
    if "@" in original and " at " not in original.lower():
        return _in_case(original, f"{word}{figures}@{_DOMAIN}")
    return _in_case(original, f"{word} {_digit_words(figures)} at {_SPOKEN_DOMAIN}")


def web_address(original: str, numbers: Iterator[int]) -> str:
    """ "https://smithclinic.com/jane" -> "https://otter41.example.org"."""
    word, figures = _label(numbers)
    lower = original.lower()
    if " dot " in lower:
        start = "www dot " if lower.startswith("www") else ""
        return f"{start}{word} {_digit_words(figures)} dot {_SPOKEN_DOMAIN}"
    scheme = re.match(r"(?:[a-z][a-z\d+.-]*://)?(?:www\.)?", lower)
    return f"{scheme.group() if scheme else ''}{word}{figures}.{_DOMAIN}"


def network_address(original: str, numbers: Iterator[int]) -> str:
    """192.0.2.1 to 192.0.2.254, also spoken; of version 6 one of 2001:db8::/32."""
    host = 1 + next(numbers) % 254
    if original.count(":") > 1:
        return f"2001:db8::{next(numbers) % 65535 + 1:x}"
    if re.search(r"\bdot\b", original, re.IGNORECASE):
        return f"one nine two dot zero dot two dot {_digit_words(str(host))}"
    return f"192.0.2.{host}"


def other_code(original: str, numbers: Iterator[int]) -> str:
    """A code of any other form, figures for figures and letters for letters."""
    digits = any_digits(digit_count(original), lambda: next(numbers) % 10)
    return with_digits(original, digits, numbers)


def _label(numbers: Iterator[int]) -> tuple[str, str]:
    return _LOCAL_PARTS[next(numbers) % len(_LOCAL_PARTS)], str(10 + next(numbers) % 90)


def _digit_words(figures: str) -> str:
    return " ".join(SMALL[int(figure)] for figure in figures)


def _in_case(original: str, new: str) -> str:
    return new.upper() if original.isupper() else new
