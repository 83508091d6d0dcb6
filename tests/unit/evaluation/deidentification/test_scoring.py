import pytest

from medscribe.domain.privacy import PiiKind
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.evaluation.deidentification.masked_stretches import Find, MaskedAway, Stretch
from medscribe.evaluation.deidentification.scoring import Tally, by_form, figures
from medscribe.evaluation.deidentification.tagged_texts import Gold, TaggedVisit


def at(text: str, part: str) -> TextSpan:
    start = text.index(part)
    return TextSpan(start=start, end=start + len(part))


def tagged(text: str, *parts: tuple[str, PiiKind | None], form: str | None = None) -> TaggedVisit:
    return TaggedVisit(
        utterances=(Utterance(id="u1", speaker="S1", role=Role.UNKNOWN, text=text),),
        gold=tuple(
            Gold(0, at(text, part), kind.value if kind else "TITLE", kind, form)
            for part, kind in parts
        ),
        judged=frozenset({0}),
        negatives=frozenset() if parts else frozenset({0}),
    )


def masked(
    text: str, *parts: str, certain: bool = True, kind: PiiKind = PiiKind.NAME
) -> MaskedAway:
    stretches = tuple(Stretch(0, at(text, part), kind, certain) for part in parts)
    return MaskedAway(stretches, tuple(Find(0, one.span, 0.9) for one in stretches))


def judged(visit: TaggedVisit, away: MaskedAway) -> Tally:
    tally = Tally()
    tally.add(visit, away)
    return tally


SAID = "Odile Ek, born May 3, takes 20 mg"
NAME, DATE = PiiKind.NAME, PiiKind.DATE


def test_a_leaked_part_is_a_leak() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME), ("May 3", DATE))
    result = figures(judged(visit, masked(SAID, "Odile", "May 3")))
    assert (result["recall"], result["touched_recall"], result["precision"]) == (0.5, 1.0, 1.0)


def test_two_masks_side_by_side_hide_a_name_as_well_as_one() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME))
    assert figures(judged(visit, masked(SAID, "Odile", "Ek")))["recall"] == 1.0


def test_a_mask_over_nothing_tagged_is_false() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME))
    result = figures(judged(visit, masked(SAID, "Odile Ek", "20 mg")))
    assert (result["recall"], result["precision"]) == (1.0, 0.5)
    assert result["f1"] == pytest.approx(2 / 3)


def test_what_is_out_of_scope_is_neither_missed_nor_a_false_alarm() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME), ("20", None))
    unmasked = figures(judged(visit, masked(SAID, "Odile Ek")))
    also_masked = figures(judged(visit, masked(SAID, "Odile Ek", "20")))
    assert unmasked["recall"] == also_masked["recall"] == 1.0
    assert also_masked["precision"] == 1.0
    assert unmasked["out_of_scope"] == {"TITLE": 1}


def test_a_text_without_identifiers_alarms_once_however_much_is_masked() -> None:
    tally = judged(tagged(SAID), masked(SAID, "Odile", "May"))
    tally.add(tagged(SAID), masked(SAID))
    assert figures(tally)["hard_negative_false_alarm_rate"] == 0.5


def test_the_certain_tier_is_scored_alone_and_with_the_other() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME))
    result = figures(judged(visit, masked(SAID, "Odile Ek", certain=False)))
    assert result["by_tier"]["certain"]["recall"] == 0.0
    assert result["by_tier"]["certain_and_uncertain"]["recall"] == 1.0
    assert result["uncertain_share"] == 1.0


def test_types_tell_what_is_missed_and_what_is_masked_as_another_kind() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME), ("May 3", DATE))
    rows = figures(judged(visit, masked(SAID, "Odile Ek", "May 3")))["by_type"]
    assert (rows["NAME"]["recall"], rows["NAME"]["precision"]) == (1.0, 1.0)
    assert (rows["NAME"]["masked"], rows["NAME"]["kind_right"]) == (2, 0.5)
    assert (rows["DATE"]["recall"], rows["DATE"]["precision"]) == (1.0, None)


def test_calibration_tells_how_often_a_score_is_right() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME))
    result = figures(judged(visit, masked(SAID, "Odile Ek", "20 mg")))
    assert result["calibration"] == [{"score": 0.9, "finds": 2, "right": 0.5}]


def test_other_stretches_of_a_turn_that_is_not_judged_count_neither_way() -> None:
    visit = tagged(SAID, ("Odile Ek", NAME))
    visit = TaggedVisit(visit.utterances, visit.gold, judged=frozenset())
    result = figures(judged(visit, masked(SAID, "Odile Ek", "20 mg")))
    assert (result["recall"], result["precision"], result["calibration"]) == (1.0, None, [])


def test_hesitations_in_a_spoken_number_need_no_mask() -> None:
    said = "two oh dash um five five"
    spoken = tagged(said, (said, PiiKind.PHONE), form="spoken")
    away = masked(said, "two oh", "five five", kind=PiiKind.PHONE)
    assert by_form(judged(spoken, away).gold)["spoken"]["recall"] == 1.0
    less = masked(said, "two oh", kind=PiiKind.PHONE)
    assert by_form(judged(spoken, less).gold)["spoken"]["recall"] == 0.0


def test_nothing_to_judge_gives_no_rates() -> None:
    result = figures(Tally())
    assert result["recall"] is None
    assert result["f1"] is None
    assert result["hard_negative_false_alarm_rate"] is None
