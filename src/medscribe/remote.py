"""A request to a server that was named -> the body of its good answer, bounded in all ways.

Straight to that server: no proxy out of the environment, no redirects. A failure that may pass is
tried again; what is refused, or has no end, is not.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")


def _checked(address: str) -> str:
    parts = urlsplit(address)  # reading `port` raises where it is none
    if not parts.hostname or parts.port == 0:
        raise ValueError("no server is named")
    return address


ServerAddress = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s]+$"), AfterValidator(_checked)
]
"""Address of a server, http or https, with a port that exists where one is given."""

ServerKey = Annotated[str, StringConstraints(pattern=r"^[ -~]*$")]
"""What a header can carry: printable ASCII."""

BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Statuses after which another try may help."""


class PassingError(Exception):
    """This try failed, the next may not; `pause` is what the server asked for, seconds."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


class EndlessAnswerError(Exception):
    """The server sends more than any answer can be, such as blanks until it is stopped."""


def open_client(
    base_url: str, *, api_key: str | None, connect_seconds: float, answer_seconds: float
) -> "httpx2.Client":
    """Connections to one server; nothing is sent yet."""
    import httpx2

    return httpx2.Client(
        base_url=base_url.rstrip("/") + "/",
        headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
        timeout=httpx2.Timeout(answer_seconds, connect=connect_seconds),
        trust_env=False,
        follow_redirects=False,
    )


def post(
    client: "httpx2.Client",
    path: str,
    refuse: Callable[[int], None],
    *,
    answer_seconds: float,
    most_bytes: int,
    json: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    files: dict[str, tuple[str, bytes, str]] | None = None,
) -> bytes:
    """The body of a good response.

    `refuse(status)` raises what a status other than 200 means, unless the server is merely busy.
    Raises `PassingError` where another try may help, `EndlessAnswerError`.
    """
    import httpx2

    deadline = time.monotonic() + answer_seconds
    try:
        with client.stream("POST", path, json=json, data=data, files=files) as response:
            if response.status_code in BUSY:
                reason = f"is busy or failing (status {response.status_code})"
                raise PassingError(reason, retry_after(response))
            if response.status_code != 200:
                refuse(response.status_code)
            return _read_within(response, deadline, most_bytes)
    except httpx2.TimeoutException:
        raise PassingError("does not answer in time") from None
    except httpx2.HTTPError:
        raise PassingError("cannot be reached or broke off") from None


def tried(
    work: Callable[[], T], *, attempts: int, pause_seconds: float, longest_pause_seconds: float
) -> T:
    """What `work` gives, after so many tries at most; raises the last `PassingError`.

    The pause doubles with every try, and is what the server asks for where that is longer, within
    the longest: the work that waits here is taken up again later.
    """
    for attempt in range(1, attempts):
        try:
            return work()
        except PassingError as failure:
            patience = pause_seconds * 2 ** (attempt - 1)
            time.sleep(min(max(patience, failure.pause), longest_pause_seconds))
    return work()


def retry_after(response: "httpx2.Response") -> float:
    """Seconds; 0 where nothing, a date or nonsense is given."""
    try:
        return max(0.0, float(response.headers.get("retry-after", "0")))
    except ValueError:
        return 0.0


def _read_within(response: "httpx2.Response", deadline: float, most_bytes: int) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > most_bytes:
            raise EndlessAnswerError
        if time.monotonic() > deadline:
            raise PassingError("does not answer in time")
    return bytes(body)
