from random import Random

from medscribe.domain.transcript import Role, Utterance
from medscribe.evaluation.deidentification.injection.name_lists import family_names, given_names
from medscribe.evaluation.deidentification.injection.renamed import renamed
from medscribe.evaluation.deidentification.named_visits import NamedVisit


def test_every_mention_gets_the_same_other_name_in_its_own_case() -> None:
    texts = ("hi , odile .", "Odile Strand saw doctor strand", "the good strands")
    visit = NamedVisit(
        name="D1",
        utterances=tuple(
            Utterance(id=f"u{number}", speaker="doctor", role=Role.CLINICIAN, text=text)
            for number, text in enumerate(texts)
        ),
        first=("odile",),
        family=("strand",),
    )
    other = renamed(visit, Random(5))
    greeted, seen, untouched = (turn.text for turn in other.utterances)
    given, family = seen.split()[:2]
    assert (given in given_names(), family in family_names()) == (True, True)
    assert greeted == f"hi , {given.lower()} ."
    assert seen == f"{given} {family} saw doctor {family.lower()}"
    assert untouched == texts[2]
    for gold in other.gold:
        said = other.utterances[gold.utterance].text[gold.span.start : gold.span.end]
        assert said.casefold() in {given.casefold(), family.casefold()}
    assert len(other.gold) == 4
