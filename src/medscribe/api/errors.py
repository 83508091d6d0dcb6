"""Errors -> what the server answers: status, OpenAI's error body, and whether to try again.

`{"error": {"message", "type", "param", "code"}}` is what clients of OpenAI's API read; the message
is one sentence of ours and never quotes what was said or what a file holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from medscribe import errors


class RequestError(errors.InputError):
    """A request that cannot be served as it is; `param` names the field that is wrong."""

    def __init__(
        self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status


class BusyError(errors.MedScribeError):
    """Too many requests wait already; `retry_after_seconds` is when one is likely to be served."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            f"All recognisers are busy and the line is full: try again in {retry_after_seconds} s."
        )
        self.retry_after_seconds = retry_after_seconds


class ClientGoneError(errors.MedScribeError):
    """The client closed its connection: the work for it stops, and nobody reads an answer."""


@dataclass(frozen=True)
class Answer:
    """An error as it goes over the wire."""

    status: int
    message: str
    param: str | None = None
    code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, dict[str, str | None]]:
        """OpenAI's error object."""
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        kind = "rate_limit_error" if self.status == HTTPStatus.TOO_MANY_REQUESTS else kind
        return {
            "error": {
                "message": self.message,
                "type": kind,
                "param": self.param,
                "code": self.code,
            }
        }


# Clients send 408, 409, 429 and everything from 500 on again, the whole upload with it: they are
# told not to where another try cannot end otherwise.
_NO_RETRY = {"x-should-retry": "false"}

# The first class that fits counts, so narrower classes stand before wider ones.
_STATUS: tuple[tuple[type[errors.MedScribeError], int, str], ...] = (
    (ClientGoneError, 499, "client_gone"),
    (errors.AudioError, 400, "invalid_audio"),
    (errors.InputError, 400, "invalid_input"),
    (errors.ConfigurationError, 500, "wrong_configuration"),
    (errors.MissingDependencyError, 503, "not_installed"),
    (errors.ModelUnavailableError, 503, "model_unavailable"),
    (errors.StaleLeaseError, 409, "superseded"),
    (errors.StorageFullError, 507, "disk_full"),
    (errors.StoreError, 500, "store_unavailable"),
)


def answer_to(error: errors.MedScribeError) -> Answer:
    """What the client is told of one of MedScribe's own errors."""
    message = str(error)
    if isinstance(error, BusyError):
        wait = {"retry-after": str(error.retry_after_seconds)}
        return Answer(429, message, code="rate_limit_exceeded", headers=wait)
    if isinstance(error, RequestError):
        headers = _NO_RETRY if error.status >= 500 else {}
        return Answer(error.status, message, error.param, error.code, headers)
    status, code = next(
        ((status, code) for kind, status, code in _STATUS if isinstance(error, kind)),
        (500, "internal_error"),
    )
    param = "file" if isinstance(error, errors.AudioError) else None
    return Answer(status, message, param, code, _NO_RETRY if status >= 409 else {})


UNFORESEEN = Answer(
    500,
    "The server failed in a way it should not; its log names the place under this request's id.",
    code="internal_error",
    headers=_NO_RETRY,
)
