"""What Presidio says of one stretch of a text, before it has a score of ours."""

from typing import NamedTuple


class Evidence(NamedTuple):
    """Characters [start, end) that one of Presidio's recognisers takes for `entity`.

    `pattern` is the name of the regular expression, "" where the recogniser has none. `score` is
    Presidio's, raised already where `boosted`: a word before it ("phone") spoke for it. `learned`:
    a model for named entities found it, not a form.
    """

    start: int
    end: int
    entity: str
    pattern: str
    score: float
    boosted: bool
    learned: bool = False
