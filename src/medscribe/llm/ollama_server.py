"""What an Ollama tells of a model and its context -> whether a prompt can have been read whole.

Where a prompt is longer than the context, Ollama keeps half a context of it and answers with
status 200 (its issues #3839, #17427). Only the counts tell, and for a prompt that it had read
before, servers older than 2024-07 count less or nothing (#2068).
"""

from typing import TYPE_CHECKING, Any

from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.answers import one_sentence
from medscribe.llm.counts import count_of
from medscribe.llm.exchange import LONGEST_PAUSE_SECONDS, Server
from medscribe.llm.model import Usage
from medscribe.remote import BUSY, PassingError, open_client, retry_after, tried

if TYPE_CHECKING:
    import httpx2

_SECONDS = 10.0
"""Wait for what it knows of a model; nothing is computed for it."""


class OllamaServer:
    """One model on one Ollama, asked for a context of `num_ctx` tokens."""

    def __init__(self, server: Server, model: str, num_ctx: int) -> None:
        self._server = server
        self._model = model
        self._num_ctx = num_ctx
        self._model_known = False
        self._context_seen = False

    def check_model(self) -> None:
        """At first use: that the model is there and was trained for such a context.

        Raises `ConfigurationError` where not, `LanguageModelError` where nobody answers.
        """
        if self._model_known:
            return
        with one_sentence(self._server):
            told = tried(
                lambda: self._fetch("POST", "api/show", {"model": self._model}),
                attempts=self._server.attempts,
                pause_seconds=self._server.pause_seconds,
                longest_pause_seconds=LONGEST_PAUSE_SECONDS,
            )
        longest = _trained_context(told)
        if longest is not None and longest < self._num_ctx:
            raise ConfigurationError(
                f"Ollama's model reads {longest} tokens at most: set num_ctx in "
                "language_model_options to that or less, or use another model."
            )
        self._model_known = True

    def check_read_whole(self, usage: Usage, fewest_tokens: int, max_tokens: int) -> None:
        """After an answer: that the prompt was read to its last word.

        `fewest_tokens` is what the prompt has at least. Raises `LanguageModelError` where the
        context is smaller than asked for, where the counts reach its end, and where they are too
        small for the prompt and no context is told in which it had room.
        """
        if usage.prompt_tokens >= self._num_ctx - max_tokens > 0:
            raise _not_whole(f"the prompt's {usage.prompt_tokens} tokens leave no room")
        few = usage.prompt_tokens < fewest_tokens
        if self._context_seen and not few:
            return
        allocated = self._allocated()
        if allocated is not None and allocated < self._num_ctx:
            raise _not_whole(f"its context has {allocated} tokens")
        if few and (allocated is None or usage.cached_tokens):
            raise _not_whole(f"it counts {usage.prompt_tokens} tokens of {fewest_tokens} or more")
        self._context_seen = allocated is not None

    def _allocated(self) -> int | None:
        """Context of the running model, tokens; None: not told."""
        try:
            told = self._fetch("GET", "api/ps", None)
            names = {self._model, f"{self._model}:latest"}
            for running in told["models"]:
                if running["name"] in names:
                    return count_of(running.get("context_length")) or None
        except (PassingError, LanguageModelError, ConfigurationError, LookupError, TypeError):
            return None
        return None

    def _fetch(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        import httpx2

        client = open_client(
            self._server.base_url,
            api_key=self._server.api_key,
            connect_seconds=self._server.connect_seconds,
            answer_seconds=_SECONDS,
        )
        try:
            with client:
                return _told(client.request(method, path, json=body))
        except httpx2.TimeoutException:
            raise PassingError("does not answer in time") from None
        except httpx2.HTTPError:
            raise PassingError("cannot be reached or broke off") from None


def not_pulled() -> ConfigurationError:
    """What status 404 means."""
    return ConfigurationError(
        "Ollama does not have the model: fetch it with  ollama pull  and its name, or correct the "
        "name."
    )


def _told(response: "httpx2.Response") -> dict[str, Any]:
    if response.status_code in BUSY:
        reason = f"is busy or failing (status {response.status_code})"
        raise PassingError(reason, retry_after(response))
    if response.status_code == 404:
        raise not_pulled()
    if response.status_code != 200:
        raise LanguageModelError(
            f"Ollama refuses to tell of the model (status {response.status_code}): check "
            "language_model_url."
        )
    try:
        told = response.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise PassingError("does not speak Ollama's protocol")
    return told


def _trained_context(told: dict[str, Any]) -> int | None:
    known = told.get("model_info")
    if not isinstance(known, dict):
        return None
    lengths = [count_of(value) for key, value in known.items() if key.endswith(".context_length")]
    return max(lengths, default=0) or None


def _not_whole(why: str) -> LanguageModelError:
    return LanguageModelError(
        f"Ollama may not have read the whole prompt ({why}): its answer is not used. Update "
        "Ollama, and check num_ctx against  ollama ps."
    )
