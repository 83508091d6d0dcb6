"""A text -> e-mail, web and network addresses and account names, as they are written."""

import ipaddress
import re
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import FORM, LISTED, Finding, matches
from medscribe.privacy.rules.internet.spoken_internet import find_spoken_addresses


def find_addresses(text: str) -> list[Finding]:
    """E-mail addresses, URLs, IP and hardware addresses and account names of `text`."""
    return [
        *matches(_email(), text, PiiKind.EMAIL, FORM),
        *matches(_url(), text, PiiKind.URL, FORM),
        *matches(_ip(), text, PiiKind.IP_ADDRESS, FORM),
        *_long_ips(text),
        *matches(_mac(), text, PiiKind.DEVICE_ID, FORM),
        *matches(_unique(), text, PiiKind.OTHER_ID, FORM),
        *matches(_handle(), text, PiiKind.OTHER_ID, LISTED),
        *find_spoken_addresses(text),
    ]


def _long_ips(text: str) -> list[Finding]:
    """Addresses of IP version 6."""
    return [
        Finding(*match.span(), PiiKind.IP_ADDRESS, FORM)
        for match in _colons().finditer(text)
        if _is_long_ip(match.group())
    ]


def _is_long_ip(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == 6
    except ValueError:
        return False


@cache
def _colons() -> re.Pattern[str]:
    return re.compile(r"(?<![\w:])(?:[\dA-Fa-f]{1,4})?(?:::?[\dA-Fa-f]{1,4}){2,7}(?![\w:])")


@cache
def _email() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.+%-])[\w.+%-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[A-Za-z]{2,24}"
    )


@cache
def _url() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:https?|s?ftp)://|www\.)[^\s<>\"]{1,2000}[\w/]|"
        r"(?<![\w@.-])(?:[\w-]{1,63}\.){1,6}(?:com|org|net|edu|gov|io|info|co\.uk|health|me|app)"
        r"(?:/[^\s<>\"]{0,2000})?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _ip() -> re.Pattern[str]:
    part = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
    return re.compile(rf"(?<![\w.]){part}(?:\.{part}){{3}}(?![\w.]{{0,6}}\d)")


@cache
def _mac() -> re.Pattern[str]:
    return re.compile(r"(?<![\w:])(?:[\dA-Fa-f]{2}[:-]){5}[\dA-Fa-f]{2}(?![\w:])")


@cache
def _unique() -> re.Pattern[str]:
    """Universally unique identifiers (RFC 9562)."""
    return re.compile(r"(?<![\w-])[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}(?![\w-])")


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w@.])@[A-Za-z_]\w{2,30}")
