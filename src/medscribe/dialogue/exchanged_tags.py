"""Log-odds of the turns tagged clinician and patient -> whether the tags are exchanged."""

import math
from collections.abc import Sequence
from statistics import fmean, variance

LEAST_TURNS = 4
"""Turns with known words that each side needs; in excerpts of two or three turns a clinician may
speak only of his plans and the patient only ask."""

EXCHANGED_DIFFERENCE = -1.5
"""Mean log-odds of clinician less patient at or below which tags may be exchanged. Visits of
ACI-Bench and PriMock57 with true tags have 2.5 or more, those with exchanged tags -3.1 or less."""

LEAST_DEVIATIONS = 2.5
"""Standard errors by which that difference must lie below zero: 1 in 160 at equal words. With
exchanged tags it lies 5.5 or more below, with true tags 2.3 or more above."""

LEAST_VARIANCE = 4.0
"""Of turns' log-odds, where few turns happen to be alike; it is 5 to 10 in whole visits."""


def tags_exchanged(clinician: Sequence[float], patient: Sequence[float]) -> bool:
    """Whether those tagged clinician speak like patients and the other way round.

    Given log-odds per turn, positive for a clinician. False where too little was said to tell, and
    for tags that are wrong in places only.
    """
    if min(len(clinician), len(patient)) < LEAST_TURNS:
        return False
    difference = fmean(clinician) - fmean(patient)
    if difference > EXCHANGED_DIFFERENCE:
        return False
    error = math.sqrt(sum(max(variance(s), LEAST_VARIANCE) / len(s) for s in (clinician, patient)))
    return -difference >= LEAST_DEVIATIONS * error
