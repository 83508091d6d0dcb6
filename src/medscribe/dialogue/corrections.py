"""Voices with roles, and what the clinician says about them -> the same, put right."""

from collections.abc import Iterable, Mapping, Sequence

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import (
    Relation,
    Role,
    RoleBasis,
    Speaker,
    SpeakerCorrection,
    SpeakerTurn,
    Utterance,
)
from medscribe.errors import InputError

_OPPOSITE = {Role.CLINICIAN: Role.PATIENT, Role.PATIENT: Role.CLINICIAN}


def apply_corrections(
    utterances: Sequence[Utterance],
    speakers: Sequence[Speaker],
    corrections: Sequence[SpeakerCorrection],
    turns: Sequence[SpeakerTurn] = (),
) -> tuple[list[Utterance], list[Speaker]]:
    """Utterances and speakers with the clinician's roles and relations (basis CLINICIAN).

    A correction with `heard` means the voice that speaks most in those stretches, by `turns` or
    else by the utterances' times; where none does, and without `heard`, the voice of its label.
    Later corrections of a voice win, field by field. A relation alone makes its voice a companion;
    another role than companion has none. Where clinician and patient are the only two voices and
    one is corrected to the role of the other, the other takes the opposite one: "S1 is the
    patient" says who S2 is. Names are not applied here: they are of the chart. Raises `InputError`
    for a label that does not exist.
    """
    wanted = _by_voice(utterances, speakers, corrections, turns)
    corrected = [_corrected(speaker, wanted.get(speaker.label)) for speaker in speakers]
    corrected = _opposed(corrected, {label for label in wanted if wanted[label].role})
    changed = [new for old, new in zip(speakers, corrected, strict=True) if new != old]
    return with_roles(utterances, changed), corrected


def names_of(
    utterances: Sequence[Utterance],
    speakers: Sequence[Speaker],
    corrections: Sequence[SpeakerCorrection],
    turns: Sequence[SpeakerTurn] = (),
) -> dict[str, str]:
    """The real names that voices were given, by label; for the chart only."""
    wanted = _by_voice(utterances, speakers, corrections, turns)
    return {label: said.name for label, said in wanted.items() if said.name}


def flipped(speakers: Sequence[Speaker]) -> tuple[SpeakerCorrection, ...]:
    """Corrections that exchange the clinician and the patient; companions stay who they are.

    Raises `InputError` unless there is exactly one of each.
    """
    found = {}
    for role in _OPPOSITE:
        labels = [speaker.label for speaker in speakers if speaker.role is role]
        if len(labels) != 1:
            number = "no" if not labels else "more than one"
            raise InputError(
                f"Clinician and patient cannot be exchanged, since {number} voice is the "
                f"{role.value}: say who each voice is ({_listed(speakers)})."
            )
        found[role] = labels[0]
    return tuple(
        SpeakerCorrection(speaker=label, role=_OPPOSITE[role]) for role, label in found.items()
    )


def with_roles(utterances: Sequence[Utterance], speakers: Sequence[Speaker]) -> list[Utterance]:
    """The utterances with their speakers' roles and relations; those of other voices stay.

    Where a speaker's role rests on the transcript's tags, an utterance that was tagged otherwise
    keeps its own.
    """
    by_label = {speaker.label: speaker for speaker in speakers}
    return [
        _with_role(utterance, by_label[utterance.speaker])
        if utterance.speaker in by_label
        else utterance
        for utterance in utterances
    ]


def _with_role(utterance: Utterance, speaker: Speaker) -> Utterance:
    tagged = speaker.basis is RoleBasis.TAGS and utterance.role is not Role.UNKNOWN
    role = utterance.role if tagged else speaker.role
    relation = speaker.relation if role is speaker.role else utterance.relation
    if (role, relation) == (utterance.role, utterance.relation):
        return utterance
    return utterance.model_copy(update={"role": role, "relation": relation})


def _by_voice(
    utterances: Sequence[Utterance],
    speakers: Sequence[Speaker],
    corrections: Sequence[SpeakerCorrection],
    turns: Sequence[SpeakerTurn],
) -> dict[str, SpeakerCorrection]:
    """What was said of each voice in all."""
    labels = [speaker.label for speaker in speakers]
    wanted: dict[str, SpeakerCorrection] = {}
    for correction in corrections:
        label = _meant(correction, labels, _stretches(utterances, turns))
        wanted[label] = _merged(wanted.get(label), correction)
    return wanted


def _stretches(
    utterances: Sequence[Utterance], turns: Sequence[SpeakerTurn]
) -> list[tuple[str, TimeSpan]]:
    """Who spoke when; [] in a transcript without times."""
    if turns:
        return [(turn.label, turn.span) for turn in turns]
    return [(each.speaker, each.span) for each in utterances if each.span is not None]


def _meant(
    correction: SpeakerCorrection, labels: Sequence[str], spoken: Iterable[tuple[str, TimeSpan]]
) -> str:
    shared: Mapping[str, float] = _shared_seconds(correction.heard, labels, spoken)
    if shared:
        return max(shared, key=lambda label: (shared[label], label == correction.speaker))
    if correction.speaker not in labels:
        there = ", ".join(labels) or "none"
        raise InputError(f"There is no voice of that label: choose one of those heard ({there}).")
    return correction.speaker


def _shared_seconds(
    heard: Sequence[TimeSpan], labels: Sequence[str], spoken: Iterable[tuple[str, TimeSpan]]
) -> dict[str, float]:
    """For how long each voice spoke in the stretches `heard`, s; voices that did not are absent."""
    shared: dict[str, float] = {}
    for label, span in spoken if heard else ():
        common = (min(span.end, at.end) - max(span.start, at.start) for at in heard)
        seconds = sum(each for each in common if each > 0)
        if seconds > 0 and label in labels:
            shared[label] = shared.get(label, 0.0) + seconds
    return shared


def _merged(earlier: SpeakerCorrection | None, later: SpeakerCorrection) -> SpeakerCorrection:
    if earlier is None:
        return later
    fields = ("role", "relation", "name")
    said = {name: value for name in fields if (value := getattr(later, name)) is not None}
    if later.role not in (None, Role.COMPANION):
        said["relation"] = None
    if later.relation is not None and later.role is None:
        said["role"] = Role.COMPANION
    return earlier.model_copy(update=said)


def _corrected(speaker: Speaker, correction: SpeakerCorrection | None) -> Speaker:
    if correction is None or (correction.role is None and correction.relation is None):
        return speaker
    role, relation = correction.role, correction.relation
    role = role or Role.COMPANION
    if role is Role.COMPANION and relation is None and speaker.role is Role.COMPANION:
        relation = speaker.relation
    return _decided(speaker, role, relation if role is Role.COMPANION else None)


def _decided(speaker: Speaker, role: Role, relation: Relation | None) -> Speaker:
    decided = {
        "role": role,
        "relation": relation,
        "basis": RoleBasis.CLINICIAN,
        "contradicted": False,
    }
    return speaker.model_copy(update=decided)


def _opposed(speakers: Sequence[Speaker], corrected: set[str]) -> list[Speaker]:
    """Of two voices of which one was corrected to the role of the other, the other's put right.

    Tags that were contradicted are settled as well once the clinician has said who is who.
    """
    sides = [speaker for speaker in speakers if speaker.role in _OPPOSITE]
    open_sides = [speaker for speaker in sides if speaker.label not in corrected]
    if len(sides) != 2 or len(open_sides) != 1:
        return list(speakers)
    (other,) = open_sides
    decided = next(speaker for speaker in sides if speaker is not other)
    if other.role is decided.role and other.basis is not RoleBasis.CLINICIAN:
        settled = _decided(other, _OPPOSITE[decided.role], None)
    else:
        settled = other.model_copy(update={"contradicted": False})
    return [settled if speaker is other else speaker for speaker in speakers]


def _listed(speakers: Sequence[Speaker]) -> str:
    return ", ".join(f"{speaker.label} {speaker.role.value}" for speaker in speakers) or "no voices"
