"""The structured record as JSON."""

import json

from tests.unit.export.example import FINDINGS, PRESCRIPTION

from medscribe.export.record import record_to_json


def test_the_record_has_all_that_was_extracted_with_what_made_it() -> None:
    record = json.loads(record_to_json(PRESCRIPTION, FINDINGS))

    assert record["schema"] == "medscribe.record/1"
    assert record["patient"] == {"sex": "female", "age_years": 59}
    assert [one["drug"] for one in record["medications"]][:2] == ["ibuprofen", "prednisone"]
    assert record["medications"][1]["steps"][1]["strength"] == {"value": 20.0, "unit": "mg"}
    assert record["problems"][1]["assertion"]["negated"] is True
    assert record["suspected_drugs"][0]["meant"] == ["prednisone"]
    assert [(one["part"], one["engine"]) for one in record["made_by"]] == [
        ("prescription", "prescription_rules"),
        ("findings", "findings_rules"),
    ]


def test_what_there_is_not_is_empty_or_null_and_never_missing() -> None:
    whole = json.loads(record_to_json(PRESCRIPTION, FINDINGS))
    nothing = json.loads(record_to_json(None, None))

    assert nothing.keys() == whole.keys()
    assert nothing["medications"] == nothing["problems"] == nothing["made_by"] == []
    assert nothing["no_known_allergies"] is None
