from pathlib import Path

import pytest

from medscribe.domain.transcript import Role
from medscribe.errors import InputError
from medscribe.evaluation.textgrid import textgrid_visits, textgrids_of, utterances_of_textgrids


def write_textgrid(path: Path, *intervals: tuple[float, float, str]) -> Path:
    lines = ['File type = "ooTextFile"', "xmin = 0 ", "xmax = 60.5 ", "item []: "]
    for number, (start, end, text) in enumerate(intervals, start=1):
        quoted = text.replace('"', '""')
        lines += [f"        intervals [{number}]:", f"            xmin = {start} "]
        lines += [f"            xmax = {end} ", f'            text = "{quoted}" ']
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_two_speakers_become_one_conversation_in_order_of_time(tmp_path: Path) -> None:
    doctor = write_textgrid(
        tmp_path / "v_doctor.TextGrid",
        (0, 2.5, ""),
        (2.5, 4.0, "<UNSURE>Hello</UNSURE> sir, <UNIN/> any pain?"),
        (7.0, 8.0, "<UNIN/>"),
        (9.0, 9.5, 'You said "sharp"?'),
    )
    patient = write_textgrid(tmp_path / "v_patient.TextGrid", (4.5, 6.0, "Yes,\nhere."))
    said = utterances_of_textgrids([doctor, patient])
    assert [(u.role, u.text) for u in said] == [
        (Role.CLINICIAN, "Hello sir, any pain?"),
        (Role.PATIENT, "Yes, here."),
        (Role.CLINICIAN, 'You said "sharp"?'),
    ]
    assert said[1].span is not None
    assert (said[1].span.start, said[1].span.end) == (4.5, 6.0)


def test_the_files_of_one_visit_belong_together(tmp_path: Path) -> None:
    paths = [write_textgrid(tmp_path / f"v1_{who}.TextGrid") for who in ("doctor", "patient")]
    assert textgrid_visits(tmp_path) == {"v1": paths}
    assert textgrids_of("v1", paths) == paths
    assert textgrids_of("v1_patient", paths) == paths[1:]
    assert textgrids_of("v2", paths) == []


def test_a_file_that_is_no_textgrid_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v_doctor.TextGrid"
    path.write_text("secret words", "utf-8")
    with pytest.raises(InputError, match="no intervals") as refused:
        utterances_of_textgrids([path])
    assert "secret" not in str(refused.value)
