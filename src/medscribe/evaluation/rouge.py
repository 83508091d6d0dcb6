"""Notes and reference notes -> the ROUGE that ACI-Bench publishes."""

from collections.abc import Sequence

from medscribe.evaluation.scoring_libraries import scoring_library

MEASURES = ("rouge1", "rouge2", "rougeL", "rougeLsum")


def rouge_percent(notes: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Mean F-measure per note in percent, for each of `MEASURES`.

    As the official evaluation of ACI-Bench computes it: rouge_score without stemmer, F per note,
    then the mean. rougeLsum splits at line ends only; it is what the paper calls ROUGE-L of full
    notes, true rougeL is some 15 points lower. Raises ValueError for no or unpaired notes.
    """
    if not references:
        raise ValueError("there are no notes to score")
    scorer = scoring_library("rouge_score.rouge_scorer").RougeScorer(
        list(MEASURES), use_stemmer=False
    )
    scores = [
        scorer.score(reference, note) for note, reference in zip(notes, references, strict=True)
    ]
    return {
        name: 100 * sum(score[name].fmeasure for score in scores) / len(scores) for name in MEASURES
    }
