"""Transcript files as people write them, and as MedScribe writes them."""

import json
from pathlib import Path

import pytest

from medscribe.domain.transcript import Relation, Role, Utterance
from medscribe.errors import TranscriptError
from medscribe.speech.speaker_labels import relation_of, role_of
from medscribe.speech.transcript_file import read_transcript

CANARY = "zanzibar"


def read(
    folder: Path, text: str, name: str = "visit.txt", encoding: str = "utf-8"
) -> list[Utterance]:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_transcript(path)


def told(utterances: list[Utterance]) -> list[tuple[str, str]]:
    return [(utterance.role.value, utterance.text) for utterance in utterances]


KNEE = [("clinician", "What brings you in?"), ("patient", "My left knee hurts.")]


@pytest.mark.parametrize(
    "text",
    [
        "[doctor] What brings you in?\n[patient] My left knee hurts.",
        "D: What brings you in?\n\nP: My left knee hurts.\n",
        "Doctor: What brings you in?\nPatient: My left knee hurts.",
        "CLINICIAN  What brings you in?\nPATIENT    My left knee hurts.",
        "CLINICIAN\tWhat brings you in?\nPATIENT\tMy left knee hurts.",
        "[00:00] CLINICIAN: What brings you in?\n[00:04] PATIENT: My left knee hurts.",
        "00:00:01 Dr. Miller: What brings you in?\n00:00:04 Pt: My left knee hurts.",
        "**GP:** What brings you in?\n**Patient:** My left knee hurts.",
        "Visit of this morning\n\nDR: What brings\nyou in?\nPT: My left\n   knee hurts.",
    ],
)
def test_each_way_of_labelling_turns_is_read(tmp_path: Path, text: str) -> None:
    assert told(read(tmp_path, text)) == KNEE


def test_a_semicolon_typed_for_a_colon_still_changes_the_speaker(tmp_path: Path) -> None:
    text = "D: Any fever?\nP: No.\nNo; none at all.\nD; And a cough?\nP; Yes."
    assert told(read(tmp_path, text)) == [
        ("clinician", "Any fever?"),
        ("patient", "No. No; none at all."),
        ("clinician", "And a cough?"),
        ("patient", "Yes."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_line_ends_of_windows_are_read(tmp_path: Path, encoding: str) -> None:
    text = "Doctor: Café au lait spots?\r\nPatient: No, none of them.\r\n"
    assert told(read(tmp_path, text, encoding=encoding)) == [
        ("clinician", "Café au lait spots?"),
        ("patient", "No, none of them."),
    ]


def test_labels_that_name_no_role_leave_it_open(tmp_path: Path) -> None:
    utterances = read(tmp_path, "Speaker 1: Hello.\nSpeaker 2: Hi.\nSpeaker 1: Sit down.")
    assert [u.role for u in utterances] == [Role.UNKNOWN] * 3
    assert [u.speaker for u in utterances] == ["S1", "S2", "S1"]
    assert [u.id for u in utterances] == ["u1", "u2", "u3"]


def test_numbered_voices_keep_their_numbers(tmp_path: Path) -> None:
    utterances = read(tmp_path, "S2: Hello.\nS1: Hi.")
    assert [u.speaker for u in utterances] == ["S2", "S1"]


def test_a_name_used_as_label_does_not_become_the_speaker(tmp_path: Path) -> None:
    utterances = read(tmp_path, "Dr. Zanzibar: Hello.\nZanzibar: Hi.\nZanzibar: I cough.")
    assert [(u.speaker, u.role) for u in utterances] == [
        ("S1", Role.CLINICIAN),
        ("S2", Role.UNKNOWN),
        ("S2", Role.UNKNOWN),
    ]


def test_a_heading_inside_a_turn_is_not_a_speaker(tmp_path: Path) -> None:
    text = (
        "Doctor: I will write it down.\nPlan: rest and ice.\nVitamin D: once a day.\nPatient: Fine."
    )
    assert told(read(tmp_path, text)) == [
        ("clinician", "I will write it down. Plan: rest and ice. Vitamin D: once a day."),
        ("patient", "Fine."),
    ]


def test_a_noise_in_brackets_is_not_a_speaker(tmp_path: Path) -> None:
    utterances = read(tmp_path, "[doctor] Cough, please.\n[coughs] Again.\n[coughs] Once more.")
    assert len(utterances) == 1


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Guest_family", Role.COMPANION),
        ("patient_guest", Role.COMPANION),
        ("Patient's mother", Role.COMPANION),
        ("Guest_clinician", Role.CLINICIAN),
        ("Nurse", Role.CLINICIAN),
        ("Secretary", Role.UNKNOWN),
    ],
)
def test_third_parties_have_the_role_their_label_names(
    tmp_path: Path, label: str, role: Role
) -> None:
    utterances = read(
        tmp_path, f"[patient] Hello.\n[{label}] Good day.\n[{label}] And how are you?"
    )
    assert [u.role for u in utterances[1:]] == [role, role]


@pytest.mark.parametrize(
    ("label", "relation"),
    [
        ("Mother", Relation.MOTHER),
        ("Patient's daughter", Relation.DAUGHTER),
        ("Dad", Relation.FATHER),
        ("MOM", Relation.MOTHER),
        ("Wife", Relation.WIFE),
        ("Interpreter", Relation.INTERPRETER),
        ("Guest_family", None),
        ("Mother/Father", None),
        ("Nurse", None),
    ],
)
def test_a_companions_label_names_the_relation(
    tmp_path: Path, label: str, relation: Relation | None
) -> None:
    utterances = read(tmp_path, f"Patient: Hello.\n[{label}] Good day.\n[{label}] Well.")
    assert [u.relation for u in utterances] == [None, relation, relation]


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_is_understood_as_a_label(relation: Relation) -> None:
    assert role_of(relation.value.upper()) is Role.COMPANION
    assert relation_of(relation.value.upper()) is relation


@pytest.mark.parametrize(
    "turn",
    [
        {"speaker": "S2", "role": "companion", "relation": "mother"},
        {"speaker": "S2", "role": "mother"},
        {"speaker": "Patient's mother"},
    ],
)
def test_json_names_the_relation(tmp_path: Path, turn: dict[str, str]) -> None:
    turns = [{"speaker": "Doctor", "text": "Hello."}, {**turn, "text": "Hi."}]
    heard = read(tmp_path, json.dumps(turns), "visit.json")
    assert [(u.role, u.relation) for u in heard] == [
        (Role.CLINICIAN, None),
        (Role.COMPANION, Relation.MOTHER),
    ]


def test_a_relation_is_a_companions_only(tmp_path: Path) -> None:
    turns = [{"speaker": "S1", "role": "patient", "relation": "mother", "text": "Hi."}]
    assert read(tmp_path, json.dumps(turns), "visit.json")[0].relation is None


@pytest.mark.parametrize("label", ["Child", "The boy", "KID"])
def test_a_child_beside_its_mother_is_the_patient(tmp_path: Path, label: str) -> None:
    turns = f"Doctor: Does it hurt?\nMom: He says so.\n{label}: It hurts a lot."
    assert read(tmp_path, turns)[2].role is Role.PATIENT
    assert read(tmp_path, turns + "\nPatient: Me too.")[2].role is Role.COMPANION
    assert read(tmp_path, turns.replace("Mom", "Nurse"))[2].role is Role.COMPANION
    assert read(tmp_path, turns.replace(label, "Patient's child"))[2].role is Role.COMPANION


def test_turns_without_words_are_left_out(tmp_path: Path) -> None:
    assert told(read(tmp_path, "D: \nP: Yes.\nD:\nP: No.")) == [
        ("patient", "Yes."),
        ("patient", "No."),
    ]


@pytest.mark.parametrize(
    "value",
    [
        [{"speaker": "Doctor", "text": "Hello."}, {"speaker": "Patient", "text": "Hi."}],
        [{"character": "doctor", "text": "Hello."}, {"character": "patient", "text": "Hi."}],
        {
            "utterances": [
                {"role": "clinician", "text": "Hello."},
                {"role": "patient", "text": "Hi."},
            ]
        },
        {
            "part_1": [{"speaker": "DR", "text": "Hello."}],
            "part_2": [{"speaker": "PT", "text": "Hi."}],
        },
    ],
)
def test_json_turns_are_read(tmp_path: Path, value: object) -> None:
    expected = [("clinician", "Hello."), ("patient", "Hi.")]
    assert told(read(tmp_path, json.dumps(value), "visit.json")) == expected


def test_json_times_are_kept_and_senseless_ones_dropped(tmp_path: Path) -> None:
    turns = [
        {"speaker": "S1", "text": "Hello.", "start": 1.5, "end": 2.0},
        {"speaker": "S2", "text": "Hi.", "start": 3.0, "end": 2.0},
    ]
    first, second = read(tmp_path, json.dumps(turns), "visit.json")
    assert first.span is not None
    assert (first.span.start, first.span.end) == (1.5, 2.0)
    assert second.span is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("binary.txt", bytes(range(256)) * 20),
        ("unlabelled.txt", f"{CANARY} told me a story.\nIt was long.".encode()),
        ("sums.json", f'{{"{CANARY}": 3}}'.encode()),
        ("words.json", f'["{CANARY}"]'.encode()),
        ("unspoken.json", f'[{{"text": "{CANARY}"}}]'.encode()),
        ("broken.json", f'[{{"text": "{CANARY}"'.encode()),
        ("nothing.json", b"[]"),
    ],
)
def test_what_is_no_transcript_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TranscriptError) as refused:
        read_transcript(path)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)
    assert CANARY not in str(refused.value)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    for path, word in (
        (tmp_path / "none.txt", "no transcript"),
        (tmp_path, "folder"),
        (huge, "10 MB"),
    ):
        with pytest.raises(TranscriptError, match=word):
            read_transcript(path)


@pytest.mark.corpus
def test_every_interview_of_the_corpus_has_two_voices(corpora: Path) -> None:
    files = sorted((corpora / "visits" / "transcripts").glob("*.txt"))
    assert files
    for file in files:
        utterances = read_transcript(file)
        roles = {(u.speaker, u.role) for u in utterances}
        assert {role for _, role in roles} == {Role.CLINICIAN, Role.PATIENT}, file.name
        assert len(roles) == 2, file.name


def test_labels_without_a_word_are_no_transcript(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="no words"):
        read(tmp_path, "D: \nP: \n")


def test_times_without_end_count_as_none(tmp_path: Path) -> None:
    text = '[{"speaker": "doctor", "text": "Hello.", "start": 0, "end": 1e999}]'

    assert [turn.span for turn in read(tmp_path, text, "visit.json")] == [None]


def test_half_a_character_becomes_a_question_mark(tmp_path: Path) -> None:
    text = '[{"speaker": "doctor", "text": "Hello \\ud800 \\ud83d\\ude42."}]'

    assert [turn.text for turn in read(tmp_path, text, "visit.json")] == ["Hello ? 🙂."]
