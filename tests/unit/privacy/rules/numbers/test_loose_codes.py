"""Codes that nothing announces: their shape tells, and medicine of the same shape stays."""

from collections.abc import Callable

import pytest

from medscribe.privacy.rules.finding import SURE
from medscribe.privacy.rules.numbers.loose_codes import find_loose_codes

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    "said",
    [
        "K-417-226-08",
        "SSB-331-902",
        "H8KJ-402T",
        "7431-288",
        "03-81-77",
        "QWR6153",
        "552JHK",
        "4KD8BZ2PX71",
        "gx 40718",
        "kj 8055 417",
        "v g seven one nine oh four",
        "seven one nine b f x",
        "r as in robert u as in umbrella m as in mary four five two six",
        "w four one oh nine three two seven",
        "three zulu papa nine nine one",
        "640 118 552 907",
        "double zero one, eight four nine, nine eight",
        "620954",
        "nine oh seven seven one four",
        "six one eight and then four oh nine five",
    ],
)
def test_a_code_is_found_by_its_shape(said: str) -> None:
    text = f"so that's {said}"
    found = find_loose_codes(text)
    assert said in [text[one.start : one.end] for one in found]
    assert all(one.score < SURE for one in found)


@pytest.mark.parametrize(
    "said",
    [
        "l four l five and c five c six",
        "L4-L5, C5-C6 and T10-T12",
        "the a one c is seven four",
        "HER2, CA 19-9, CD4 512, EGFR exon 19, HLA-B27",
        "CPT 99214, modifier 25, ICD-10 E11.37 and N18.31",
        "gravida 3 para 2, 38w2d; G3P2002",
        "CHA2DS2-VASc 4, PHQ-9 18, COVID-19",
        "sinus rhythm at seventy six, q t c four forty",
        "l d l one forty, h d l sixty two",
        "one twelve, one forty eight, two oh one",
        "serial sevens: 93, 86, 79, 72, 65",
        "repeat after me, five eight two six nine four",
        "one, two, three, four, five, six",
        "augmentin 875-125, bactrim 800-160, reference 150-400",
        "from 2019-2021, open 0800-1700",
        "platelets 245000, WBC 12650, viral load 48211 copies",
        "I walk 12500 steps, that's 11240 steps less",
        "strength five five five four five five",
        "JAK2 V617F, KRAS G12C, F5 G1691A, H1N1 and HPV 16/18",
        "CPT 29881-RT, 99213-25 and 20610; NDC 0093-7214-01",
        "it cost $12345 or 12,345",
    ],
)
def test_medicine_of_the_same_shape_stays(said: str) -> None:
    assert find_loose_codes(said) == []


def test_an_announced_number_keeps_its_kind_and_the_announcement_stays(masked: Masker) -> None:
    assert masked("m r n a b one two three four") == ["m r n <RECORD_NUMBER_1>"]


def test_each_line_of_a_text_is_a_turn_that_the_line_before_asks_for(masked: Masker) -> None:
    said = "[doctor] how old is he?\n[patient] ninety one.\n[doctor] and the room is seventy one."
    seen = said.replace("ninety one", "<AGE_OVER_89_1>")
    assert masked(said) == [seen]
