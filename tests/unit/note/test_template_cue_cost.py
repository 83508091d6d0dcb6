"""Which regular expressions a template may hold."""

import pytest

from medscribe.note.template import load_template, template_names
from medscribe.note.template.cue_cost import LONGEST_PATTERN, costly_part


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\w+)*x",
        r"(a|ab)+",
        r"((a|ab))+",
        r"(?:a?){0,30}b",
        r"(?:[ab]+c)*d",
        r"(?:\w+ ){0,3}x",
        r".*a.*b.*c",
        r"(?=.*a.*b.*c)x",
        r"\w+ (?=.*a.*b)",
        r".+[^x]*(?!.*x)y",
        r"\w*\d{1000}.*x",
        r".*a.*" + "b?" * 7,
        r"\d+\.\d+ \w+",
        r"(?:x.*y){2}",
        "a?" * 30 + "a" * 30,
        r"\w{0,9}" * 5 + "!",
        "(?:" + "a?" * 7 + ")" + "b{0,3}" * 3,
        "(?:a|a)" * 30,
        "(?x) a b",
        "a" * (LONGEST_PATTERN + 1),
    ],
)
def test_what_may_take_too_long_is_refused(pattern: str) -> None:
    assert costly_part(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\boff work\b|\blight(?:er)? duty\b",
        r"(?:ab){2,3}",
        r"[*+?]{2}\(\*\+\)[^)]*",
        r"(?:\w+ )?(?:\w+ )?pain",
        r"a*|b*|c*|d*",
        r"(?!.*\bpain)(?!.*\bhelped).*\bmg",
        r"(?P<amount>\d+) mg",
        r"\d{1,3}(?:st|nd)? of|\w{40} \w{2}",
        r"\bx{3}\b(?#a note (with) brackets",
    ],
)
def test_what_ends_soon_is_allowed(pattern: str) -> None:
    assert costly_part(pattern) is None


@pytest.mark.parametrize("name", template_names())
def test_shipped_cues_keep_the_rule_themselves(name: str) -> None:
    for section in load_template(name).sections:
        assert costly_part(section.cues) is None
        assert costly_part(section.excludes) is None
