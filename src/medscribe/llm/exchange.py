"""A question to a model's server -> its whole answer, heard as it comes and called off at any time.

The wait is watched: for whoever no longer wants the answer, for a server that falls silent, for one
that sends blanks without end. In each case the connection is closed, so that the server stops.
"""

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from medscribe.errors import AnswerCancelledError
from medscribe.llm.model import Usage
from medscribe.remote import BUSY, EndlessAnswerError, PassingError, retry_after

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

LONGEST_PAUSE_SECONDS = 10.0
"""A busy server may ask for more patience; the work that waits here is taken up again later."""

LONGEST_BLANKS = 2_000
"""Blanks in a row that no answer has. Grammars that allow white space let some models loop in it
(vLLM #38696, #55313: 250,000 of them)."""

LARGEST_BODY_BYTES = 1_000_000
"""No answer asked for is longer, sent in one piece."""

BYTES_PER_TOKEN = 2_000
"""Of a stream: each token comes in a record of its own, of some 300 bytes."""

CHARACTERS_PER_TOKEN = 20
"""More than any text has; an answer that is longer has no end."""

_LOOK_SECONDS = 0.05
_FAREWELL_SECONDS = 2.0
"""Wait for the counts that follow a finished answer."""

_BLANKS = re.compile(rf"\s{{{LONGEST_BLANKS + 1}}}")


@dataclass(frozen=True)
class Server:
    """Where a model is asked, and how patiently; times in seconds."""

    base_url: str
    api_key: str | None
    connect_seconds: float
    answer_seconds: float
    stall_seconds: float
    attempts: int
    pause_seconds: float


@dataclass(frozen=True)
class Part:
    """What one record of a stream says: some text, why the answer ended, what it took."""

    text: str = ""
    finish: str | None = None
    usage: Usage | None = None


@dataclass(frozen=True)
class Question:
    """A request and how its answer is read.

    `read_line` takes one line of a stream (None: it says nothing), `read_whole` a body that did
    not come as a stream; both raise `PassingError` for what is not the server's protocol.
    `refuse` raises what a status other than 200 means.
    """

    path: str
    body: dict[str, Any]
    max_tokens: int
    read_line: Callable[[bytes], Part | None]
    read_whole: Callable[[bytes], Part]
    refuse: Callable[[int], None]


@dataclass(frozen=True)
class Reply:
    """An answer that came to an end, or whose stream did: `finish` None."""

    text: str
    finish: str | None
    usage: Usage


@dataclass(frozen=True)
class Asker:
    """Who waits: hears the pieces, may call the answer off, and is told what each try took."""

    cancelled: Callable[[], bool]
    heard: Callable[[str], None]
    count: Callable[[Usage], None]

    def still_wants_it(self) -> None:
        """Raises `AnswerCancelledError` where the answer has been called off."""
        if self.cancelled():
            raise AnswerCancelledError(
                "The language model's answer was called off: ask again when it is wanted."
            )


def ask(server: Server, question: Question, accept: Callable[[Reply], T], asker: Asker) -> T:
    """What `accept` makes of the answer, after so many tries at most.

    `accept` raises `PassingError` for an answer that another try may better. Raises the last
    `PassingError`, `EndlessAnswerError`, `AnswerCancelledError`. Blocks; call it from a thread that
    runs no event loop.
    """
    return asyncio.run(_ask(server, question, accept, asker))


async def _ask(server: Server, question: Question, accept: Callable[[Reply], T], asker: Asker) -> T:
    for attempt in range(1, server.attempts + 1):
        asker.still_wants_it()
        answer = _Growing(question.max_tokens, asker)
        try:
            return accept(await _try(server, question, answer, asker))
        except PassingError as failure:
            if attempt == server.attempts:
                raise
            if answer.pieces:
                asker.heard("")
            patience = max(server.pause_seconds * 2 ** (attempt - 1), failure.pause)
            await _pause(min(patience, LONGEST_PAUSE_SECONDS), asker)
    raise AssertionError("a server is asked at least once")


async def _pause(seconds: float, asker: Asker) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        await asyncio.sleep(min(left, _LOOK_SECONDS))
        asker.still_wants_it()


@dataclass
class _Growing:
    """An answer while it comes."""

    max_tokens: int
    asker: Asker
    pieces: list[str] = field(default_factory=list)
    finish: str | None = None
    usage: Usage = field(default_factory=Usage)
    asked_at: float = field(default_factory=time.monotonic)
    last_at: float | None = None
    _characters: int = 0
    _blanks: str = ""

    def add(self, part: Part) -> None:
        """Raises `EndlessAnswerError` before a piece too many is heard."""
        self.last_at = time.monotonic()
        self.finish = part.finish or self.finish
        self.usage = part.usage or self.usage
        if not part.text:
            return
        self._characters += len(part.text)
        text = self._blanks + part.text
        self._blanks = text[len(text.rstrip()) :]
        if (
            _BLANKS.search(text)
            or self._characters > CHARACTERS_PER_TOKEN * self.max_tokens + LONGEST_BLANKS
        ):
            raise EndlessAnswerError
        self.asker.still_wants_it()
        self.pieces.append(part.text)
        self.asker.heard(part.text)
        self.asker.still_wants_it()

    def is_over(self, server: Server) -> bool:
        """Whether to stop waiting: it is finished. Raises `PassingError` where patience ends."""
        now = time.monotonic()
        last = self.asked_at if self.last_at is None else self.last_at
        if self.finish is not None:
            return now > last + _FAREWELL_SECONDS
        if now > self.asked_at + server.answer_seconds:
            raise PassingError("does not answer in time")
        if self.last_at is not None and now > last + server.stall_seconds:
            raise PassingError("fell silent in the middle of an answer")
        return False


async def _try(server: Server, question: Question, answer: _Growing, asker: Asker) -> Reply:
    """One request, watched. Whatever ends the wait, the connection is closed."""
    receiving = asyncio.create_task(_receive(server, question, answer))
    try:
        while not receiving.done():
            await asyncio.wait({receiving}, timeout=_LOOK_SECONDS)
            if receiving.done():
                await receiving
            elif answer.is_over(server):
                break
            else:
                asker.still_wants_it()
    finally:
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        asker.count(answer.usage)
    return Reply("".join(answer.pieces), answer.finish, answer.usage)


async def _receive(server: Server, question: Question, answer: _Growing) -> None:
    import httpx2

    try:
        async with (
            open_async_client(server) as client,
            client.stream("POST", question.path, json=question.body) as response,
        ):
            await _read(response, question, answer)
    except httpx2.TimeoutException:
        raise PassingError("does not answer in time") from None
    except httpx2.HTTPError:
        if answer.finish is None:  # afterwards only counts can be missing
            raise PassingError("cannot be reached or broke off") from None


async def _read(response: "httpx2.Response", question: Question, answer: _Growing) -> None:
    if response.status_code in BUSY:
        reason = f"is busy or failing (status {response.status_code})"
        raise PassingError(reason, retry_after(response))
    if response.status_code != 200:
        question.refuse(response.status_code)
    kind = response.headers.get("content-type", "")
    if "event-stream" in kind or "ndjson" in kind:
        async for line in _lines(response, BYTES_PER_TOKEN * question.max_tokens):
            part = question.read_line(line)
            if part is not None:
                answer.add(part)
    else:
        answer.add(question.read_whole(await _body(response)))


async def _lines(response: "httpx2.Response", most_bytes: int) -> AsyncIterator[bytes]:
    """Lines of a stream, without their ends; `EndlessAnswerError` where they are too many."""
    rest, size = b"", 0
    async for piece in response.aiter_bytes():
        size += len(piece)
        if size > most_bytes + LARGEST_BODY_BYTES:
            raise EndlessAnswerError
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.strip()
    yield rest.strip()


async def _body(response: "httpx2.Response") -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > LARGEST_BODY_BYTES:
            raise EndlessAnswerError
    return bytes(body)


def open_async_client(server: Server) -> "httpx2.AsyncClient":
    """Straight to that server: no proxy out of the environment, no redirects."""
    import httpx2

    return httpx2.AsyncClient(
        base_url=server.base_url.rstrip("/") + "/",
        headers={"Authorization": f"Bearer {server.api_key}"} if server.api_key else {},
        timeout=httpx2.Timeout(None, connect=server.connect_seconds),
        verify=_trust(),
        trust_env=False,
        follow_redirects=False,
    )


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: read once, it takes longer than a question."""
    import httpx2

    return httpx2.create_ssl_context(trust_env=False)
