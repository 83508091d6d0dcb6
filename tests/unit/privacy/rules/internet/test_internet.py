"""Addresses on the net, as written and as said."""

from collections.abc import Callable

import pytest

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("jane.doe+x@mail.example.org please", "<EMAIL_1> please"),
        ("visit back pain diary dot org slash join", "visit <URL_1>"),
        ("it's help at home dot com slash go question mark i d equals five", "it's <URL_1>"),
        ("email me m e g a n five at proton dot me", "email me <EMAIL_1>"),
        ("email is jane at gmail dot com", "email is <EMAIL_1>"),
        ("it's j a n e dot doe at hotmail dot com", "it's <EMAIL_1>"),
        ("mary underscore smith at gmail.com", "<EMAIL_1>"),
        ("see https://example.org/a?b=1", "see <URL_1>"),
        ("go to www dot my chart dot com slash login", "go to <URL_1>"),
        ("it's s as in sam, k, w at comcast dot net", "it's <EMAIL_1>"),
        ("Mary Jones, at, gmail dot com", "<EMAIL_1>"),
        ("send it to kim underhill at comcast.net", "send it to <EMAIL_1>"),
        ("w w w dot my clinic dot org slash login", "<URL_1>"),
        ("one seventy two, dot, sixteen, dot, two fifty four, dot, one", "<IP_ADDRESS_1>"),
        ("my handle is jane underscore doe", "my handle is <OTHER_ID_1>"),
        ("ip 192.168.1.10", "ip <IP_ADDRESS_1>"),
        ("one ninety two dot one six eight dot one dot ten", "<IP_ADDRESS_1>"),
        ("2001:db8:85a3::8a2e:370:7334", "<IP_ADDRESS_1>"),
        ("00:1B:44:11:3A:B7", "<DEVICE_ID_1>"),
    ],
)
def test_an_address_is_masked(masked: Masker, said: str, seen: str) -> None:
    assert masked(said) == [seen]


@pytest.mark.parametrize(
    "said",
    [
        "look at the dot on my skin",
        "version 1.2.3 of the form",
        "the pain is at work. In the evening it is better",
        "at that point in time , at the dot in my eye",
        "at 10:30 or 12:15",
    ],
)
def test_talk_is_no_address(masked: Masker, said: str) -> None:
    assert masked(said) == [said]
