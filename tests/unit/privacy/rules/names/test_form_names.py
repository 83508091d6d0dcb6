"""Names that forms and notes give, and terms with capitals that are none."""

from collections.abc import Callable

import pytest

from medscribe.privacy.rules.names.form_names import find_form_names

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("DISCHARGE SUMMARY Patient: OKRASHTI, PELVIN MRN: on file", "OKRASHTI, PELVIN"),
        ("Patient: NG, KAVRESHA\nSex: F", "NG, KAVRESHA"),
        ("Emergency contact: ZDENKA HORVAT", "ZDENKA HORVAT"),
        ("Insured: Will Field; group on file", "Will Field"),
        ("Name/SSN: Guy Short / on file", "Guy Short"),
        ("RE: Xiaoling Okrashti\nDear colleague", "Xiaoling Okrashti"),
        ("Please cc Jun Phan on this note.", "Jun Phan"),
        ("cc: R. Okrashti", "Okrashti"),
        ("Attending: K Okrashti\nService: Surgery", "Okrashti"),
        ("Field, Ronnie J. - Room 4 - NPO after midnight", "Field, Ronnie J"),
        ("PCP Ng notified of critical potassium.", "Ng"),
        ("Spoke w/ RN Castellano re: low urine output", "Castellano"),
        ("Discussed with daughter June T. Stroud, who agrees.", "June T. Stroud"),
        ("Please resubmit the bill.\n- June Thornton", "June Thornton"),
    ],
)
def test_a_name_of_a_form_or_a_note_is_masked(masked: Masker, written: str, name: str) -> None:
    seen = masked(written)[0]
    assert name not in seen
    assert "NAME" in seen


@pytest.mark.parametrize(
    "written",
    [
        "Fall risk: Morse 47. Braden 12.",
        "Suture: 4-0 Vicryl, 5-0 Prolene x 5.",
        "Kelly clamp and Bovie used; Jackson-Pratt drain placed.",
        "Neer and Hawkins positive; O'Brien negative.",
        "EF 44% by Simpson's. Mild MR. E/A 0.8.",
        "Cobb angle 28 degrees; Risser 2. Tanner stage 3.",
        "EGFR exon 19 deletion detected; ROS1 negative. CHA2DS2-VASc 4.",
        "CT: ground-glass nodule, Fleischner follow-up.",
        "Insurance: Blue Cross PPO. Secondary: Aetna, Humana, Cigna.",
        "Steri-Strips and Zubraderm in place; Ace wrap.",
        "Family history: father MI at 61.",
        "Attn: Medical Records",
        "Re: MRN on file",
        "RE: Prior Authorization Request",
        "Patient: stable. Name: on file.",
        "MELD 18, Child-Pugh B.",
        "Reset portal access. Telehealth link sent.",
        "Vehicle: grey Toyota",
    ],
)
def test_a_term_with_a_capital_stays(masked: Masker, written: str) -> None:
    assert masked(written) == [written]


def test_a_label_followed_by_a_sentence_gives_no_name() -> None:
    assert not find_form_names("Name: Mark all that apply")
    assert find_form_names("Name: Mark Hall")


def test_long_blanks_after_a_label_give_no_name() -> None:
    assert not find_form_names("Patient:" + " " * 50_000 + "name")
