"""Putting right who spoke and what identifies somebody, from the command line."""

import io
from pathlib import Path

import pytest

from medscribe.bootstrap import build
from medscribe.domain.encounter import EncounterOptions
from medscribe.llm.scripted_server import Fault, ScriptedServer
from medscribe.pipeline import intake
from medscribe.settings import load_settings
from tests.cli.conftest import Run

VISIT = """\
S1: Good morning. I'm Dr. Alvarez. What brings you in today?
S2: I have had a cough for two weeks. My friend Zebulon had it too.
S1: Any fever or chest pain?
S2: No fever. No chest pain.
S1: Your lungs are clear. We will start benzonatate 100 mg three times a day.
S2: Thank you, doctor.
"""


@pytest.fixture
def visit(run: Run, tmp_path: Path) -> str:
    """The id of a kept encounter."""
    (tmp_path / "visit.txt").write_text(VISIT)
    done = run("scribe", "--transcript", tmp_path / "visit.txt", "--out", tmp_path / "o", "--keep")
    assert done.code == 0, done.err
    return done.out.strip().rsplit(" ", 1)[-1]


def exported(run: Run, encounter_id: str, tmp_path: Path, *options: str) -> dict[str, str]:
    done = run("encounters", "export", encounter_id, "--out", tmp_path / "again", *options)
    assert done.code == 0, done.err
    return {path.name: path.read_text() for path in (tmp_path / "again").iterdir()}


def test_speakers_are_shown_exchanged_and_the_files_follow(
    run: Run, visit: str, tmp_path: Path
) -> None:
    shown = run("encounters", "speakers", visit)
    assert [word for word in shown.out.split() if word in ("clinician", "patient")] == [
        "clinician",
        "patient",
    ]

    swapped = run("encounters", "speakers", visit, "--swap")
    files = exported(run, visit, tmp_path)

    assert swapped.code == 0
    assert files["transcript.txt"].startswith("PATIENT: Good morning.")


def test_a_voice_becomes_the_mother(run: Run, visit: str, tmp_path: Path) -> None:
    done = run("encounters", "speakers", visit, "--speaker", "S2=mother")

    assert done.code == 0, done.err
    assert "companion (mother)" in done.out
    assert "MOTHER: I have had a cough" in exported(run, visit, tmp_path)["transcript.txt"]


def test_a_name_is_read_from_a_pipe_and_masked(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Benzo Nate\n"))
    done = run("encounters", "speakers", visit, "--name", "S2")
    assert done.code == 0, done.err
    assert "benzonatate" in exported(run, visit, tmp_path)["note.md"]

    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("encounters", "speakers", visit, "--name", "S2").code == 3


def test_a_correction_that_leaves_no_clinician_says_so(run: Run, visit: str) -> None:
    assert "Alert" not in run("encounters", "speakers", visit).out

    done = run(
        "encounters", "speakers", visit, "--speaker", "S1=patient", "--speaker", "S2=patient"
    )

    assert done.code == 0
    assert "not known which voice is the clinician" in " ".join(done.out.split())
    assert "More than one voice is the patient" in " ".join(done.out.split())


def test_who_speaks_in_a_visit_that_is_not_worked_through_is_not_known(
    run: Run, visit: str, tmp_path: Path
) -> None:
    medscribe = build(load_settings(data_dir=tmp_path / "data"))
    begun = intake.begin_visit(medscribe.store, EncounterOptions())
    medscribe.close()
    for options in ([], ["--swap"], ["--speaker", "S1=patient"]):
        done = run("encounters", "speakers", begun.id, *options)
        assert done.code == 3
        assert "let it finish first" in done.err


def test_a_given_name_is_shown_to_who_may_see_the_chart(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Ann Quillfeather\n"))
    run("encounters", "speakers", visit, "--name", "S2")

    revealed = exported(run, visit, tmp_path, "--reveal")
    assert "PATIENT (Ann Quillfeather): No fever." in revealed["transcript.txt"]
    assert not any("Quillfeather" in text for text in exported(run, visit, tmp_path).values())
    made_up = exported(run, visit, tmp_path, "--surrogates")
    assert not any("Quillfeather" in text for text in made_up.values())


def test_a_masked_name_is_released_and_more_words_are_masked(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exported(run, visit, tmp_path)["transcript.txt"]
    assert "Zebulon" not in before
    shown = run("encounters", "identifiers", visit, "--reveal")
    (line,) = [line for line in shown.out.splitlines() if "Zebulon" in line]
    placeholder = next(word for word in line.split() if word.startswith("<"))

    run("encounters", "identifiers", visit, "--release", placeholder)
    assert "My friend Zebulon" in exported(run, visit, tmp_path)["transcript.txt"]

    monkeypatch.setattr("sys.stdin", io.StringIO("zebulon\ntwo weeks\n"))
    run("encounters", "identifiers", visit, "--add")
    after = exported(run, visit, tmp_path)
    assert "Zebulon" not in after["transcript.txt"]
    assert "two weeks" not in after["transcript.txt"]


def test_without_reveal_no_real_name_is_shown(run: Run, visit: str) -> None:
    assert "Zebulon" not in run("encounters", "identifiers", visit).out


def test_surrogates_are_the_same_for_the_same_patient(run: Run, visit: str, tmp_path: Path) -> None:
    first = exported(run, visit, tmp_path, "--surrogates", "--patient", "p7")
    again = exported(run, visit, tmp_path, "--surrogates", "--patient", "p7")
    other = exported(run, visit, tmp_path, "--surrogates", "--patient", "p8")

    assert first == again
    assert first["transcript.txt"] != other["transcript.txt"]
    for name in ("Zebulon", "Alvarez", "<NAME"):
        assert name not in first["transcript.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("speakers", "--speaker", "S1=nobody"),
        ("speakers", "--speaker", "S9=patient"),
        ("speakers", "--speaker", "S1=patient", "--speaker", "s1=clinician"),
        ("speakers", "--speaker", "S1=clinician", "--swap"),
        ("identifiers", "--release", "<NAME_77>"),
        ("export", "--reveal", "--surrogates"),
        ("export", "--patient", "p7"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_refused(run: Run, visit: str, arguments: tuple[str, ...]) -> None:
    done = run("encounters", arguments[0], visit, *arguments[1:])

    assert done.code == 3
    assert len(done.err.strip().splitlines()) <= 4


def test_roles_given_on_the_command_line_hold_for_the_visit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text(VISIT)

    run("scribe", "--transcript", tmp_path / "visit.txt", "--out", tmp_path / "o", "--swap")

    assert (tmp_path / "o" / "transcript.txt").read_text().startswith("PATIENT: Good morning.")


def test_exchanged_tags_are_told_with_what_to_do(run: Run, tmp_path: Path) -> None:
    turns = [
        ("patient", "Good morning, what brings you in today?"),
        ("doctor", "I have had a bad cough for two weeks and my chest hurts."),
        ("patient", "Any fever, chills or shortness of breath? Do you smoke?"),
        ("doctor", "No fever. I quit smoking last year, my wife made me."),
        ("patient", "Let me listen to your lungs. Take a deep breath for me."),
        ("doctor", "Okay. It hurts when I breathe in."),
        ("patient", "Your lungs are clear. We will get a chest x-ray and start an inhaler."),
        ("doctor", "Thank you. I feel so tired at work."),
    ]
    visit = tmp_path / "visit.txt"
    visit.write_text("\n".join(f"[{who}] {text}" for who, text in turns))

    told = run("scribe", "--transcript", visit, "--out", tmp_path / "o")
    mended = run("scribe", "--transcript", visit, "--out", tmp_path / "o", "--swap")

    assert "Alert (hard)" in told.out and "--swap" in told.out
    assert "Alert (hard)" not in mended.out
    assert (tmp_path / "o" / "transcript.txt").read_text().startswith("CLINICIAN: Good morning")


@pytest.mark.parametrize("command", [("note",), ("scribe", "--transcript")], ids=" ".join)
def test_without_a_detector_nothing_is_begun(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "visit.txt").write_text(VISIT)
    monkeypatch.setenv("MEDSCRIBE_DETECTORS", "[]")

    done = run(*command, tmp_path / "visit.txt")

    assert done.code == 7
    assert "detector" in done.err
    assert not (tmp_path / "out").exists()
    listed = run("encounters", "list").out
    assert "drafting" not in listed and "failed" not in listed


def test_a_voice_may_be_named_in_small_letters(run: Run, visit: str) -> None:
    done = run("encounters", "speakers", visit, "--speaker", "s2=mother")

    assert "companion (mother)" in done.out


def test_a_visit_whose_correction_is_refused_is_kept_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text(VISIT)
    done = run("scribe", "--transcript", tmp_path / "visit.txt", "--speaker", "S9=mother")

    assert done.code == 3
    (kept,) = [word for word in done.err.split() if len(word) == 32]
    assert run("encounters", "speakers", kept).code == 0


def test_piped_identifiers_may_have_empty_lines_between_them(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Alvarez\n\nbenzonatate\n"))
    done = run("encounters", "identifiers", visit, "--add")

    assert done.code == 0, done.err
    assert "benzonatate" not in exported(run, visit, tmp_path)["transcript.txt"]


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
@pytest.mark.parametrize("what", [("identifiers", "--add"), ("speakers", "--name", "S1")])
def test_what_is_no_text_is_refused_and_not_quoted(
    run: Run, visit: str, monkeypatch: pytest.MonkeyPatch, errors: str, what: tuple[str, ...]
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"Mary \xff\xfe Walsh\n"), "utf-8", errors)
    monkeypatch.setattr("sys.stdin", piped)
    done = run("encounters", what[0], visit, *what[1:])

    assert done.code == 3
    assert "UTF-8" in done.err
    assert "Walsh" not in done.err


def test_a_note_that_a_stand_in_wrote_is_written_anew_when_the_model_is_back(
    run: Run, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = {"section": "assessment_and_plan", "text": "Benzonatate 100 mg three times a day."}
    answer = {"statements": [plan | {"quotes": ["u5: start benzonatate 100 mg"]}]}
    monkeypatch.setenv("MEDSCRIBE_WRITER", "language_model")
    with ScriptedServer([Fault.TRUNCATED, answer]) as server:
        monkeypatch.setenv("MEDSCRIBE_LANGUAGE_MODEL_URL", server.url)
        away = run("encounters", "redraft", visit)
        stood_in = exported(run, visit, tmp_path)
        back = run("encounters", "redraft", visit)
    assert "still stale" in away.out
    assert "note_currency" in stood_in["alerts.json"]
    assert "is up to date" in back.out
    assert "note_currency" not in exported(run, visit, tmp_path)["alerts.json"]
    assert "Benzonatate 100 mg three times a day." in exported(run, visit, tmp_path)["note.md"]
