import pytest

from medscribe.domain.privacy import PiiKind
from medscribe.evaluation.deidentification.gold_types import gold_type


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PERSON", PiiKind.NAME),
        ("NAME", PiiKind.NAME),
        ("B-PATIENT", PiiKind.NAME),
        ("EMAIL_ADDRESS", PiiKind.EMAIL),
        ("IP_ADDRESS", PiiKind.IP_ADDRESS),
        ("STREET_ADDRESS", PiiKind.LOCATION),
        ("GEOGRAPHIC_LOCATION", PiiKind.LOCATION),
        ("zip-code", PiiKind.LOCATION),
        ("MEDICAL_RECORD_NUMBER", PiiKind.RECORD_NUMBER),
        ("mrn", PiiKind.RECORD_NUMBER),
        ("HEALTH_PLAN_BENEFICIARY_NUMBER", PiiKind.ACCOUNT_NUMBER),
        ("CREDIT_CARD", PiiKind.ACCOUNT_NUMBER),
        ("US_DRIVER_LICENSE", PiiKind.LICENSE_NUMBER),
        ("US_SSN", PiiKind.SSN),
        ("FAX_NUMBER", PiiKind.PHONE),
        ("DEVICE_SERIAL", PiiKind.DEVICE_ID),
        ("UNIQUE_IDENTIFIER", PiiKind.OTHER_ID),
    ],
)
def test_corpora_name_the_same_kind_differently(name: str, kind: PiiKind) -> None:
    assert gold_type(name, "Orsolya 471") == (kind, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TITLE", "Dr."),
        ("NRP", "Welsh"),
        ("ORGANIZATION", "Orsolya Ltd"),
        ("DATE", "1998"),
        ("DATE_TIME", "last week"),
        ("DATE_TIME", "Tuesday"),
        ("AGE", "74"),
        ("GPE", "Estonia"),
        ("LOCATION", "Texas"),
    ],
)
def test_what_safe_harbor_lets_stand_is_out_of_scope(name: str, value: str) -> None:
    assert gold_type(name, value).kind is None


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("DATE", "March 1998", PiiKind.DATE),
        ("DATE", "last December", PiiKind.DATE),
        ("AGE", "91 years", PiiKind.AGE_OVER_89),
        ("AGE", "ninety-four", PiiKind.AGE_OVER_89),
        ("GPE", "New York", PiiKind.LOCATION),
        ("LOCATION", "Austin, Texas", PiiKind.LOCATION),
    ],
)
def test_what_is_finer_than_that_is_in_scope(name: str, value: str, kind: PiiKind) -> None:
    assert gold_type(name, value).kind is kind


def test_an_unknown_type_counts_and_is_reported() -> None:
    assert gold_type("STARSIGN", "Leo") == (PiiKind.OTHER_ID, False)
