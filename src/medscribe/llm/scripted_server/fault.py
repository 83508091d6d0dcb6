"""What can go wrong with a model's server, by name."""

from enum import StrEnum


class Fault(StrEnum):
    """What the server does in place of an answer."""

    SLOW = "slow"
    """Nothing, until it is stopped or the client hangs up."""
    BUSY = "busy"
    """Status 503 with `Retry-After: 0`."""
    GARBAGE = "garbage"
    """Status 200 and no JSON."""
    WRONG_FORM = "wrong_form"
    """A whole answer that lacks every field."""
    TRUNCATED = "truncated"
    """The first half of an answer, finish_reason length."""
    BLANKS = "blanks"
    """White space without end."""
    REFUSED = "refused"
    """Status 401."""
    UNKNOWN_MODEL = "unknown_model"
    """Status 404."""
    STALLED = "stalled"
    """Half an answer, then silence until it is stopped or the client hangs up."""
    DROPPED = "dropped"
    """Half an answer, then the connection is closed in the middle of the stream."""
    UNFINISHED = "unfinished"
    """Half an answer, then the stream ends in good order, without a reason."""
    CONTENT_FILTER = "content_filter"
    """The first half of an answer, finish_reason content_filter."""
    FAILED = "failed"
    """Half an answer, then a record that tells of an error."""
