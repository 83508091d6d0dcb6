"""A recogniser -> the same recogniser for several threads, one stretch after the other."""

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from medscribe.api.errors import RequestError
from medscribe.api.line import Line
from medscribe.domain.provenance import Provenance
from medscribe.domain.transcript import Segment
from medscribe.speech.transcriber import Transcriber


@runtime_checkable
class Translator(Protocol):
    """What an engine offers beside `transcribe` if it can translate into English."""

    draft: bool
    made_by: Provenance

    def translate(
        self, samples: NDArray[np.float32], *, language: str, prompt: str | None = None
    ) -> list[Segment]: ...


class InTurn:
    """A `Transcriber` that several threads may share: one stretch at a time, in order of asking.

    So words spoken live wait for one stretch of an upload, not for all of it.
    """

    def __init__(self, inner: Transcriber, line: Line | None = None) -> None:
        self.inner = inner
        self.draft: bool = inner.draft
        self.made_by: Provenance = inner.made_by
        self._line = line or Line()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`."""
        with self._line.turn():
            return self.inner.transcribe(
                samples, language=language, prompt=prompt, context=context, preview=preview
            )

    def translating(self) -> "InTurn":
        """The same engine, giving English words for what was said in another language.

        Raises `RequestError` where the engine cannot translate.
        """
        if not isinstance(self.inner, Translator):
            raise RequestError(
                f"Engine {self.made_by.engine} cannot translate: use a model of faster_whisper.",
                param="model",
                code="unsupported_model",
            )
        return InTurn(_Translating(self.inner), self._line)


class _Translating:
    """A `Transcriber` that translates."""

    def __init__(self, translator: Translator) -> None:
        self.draft: bool = translator.draft
        self.made_by: Provenance = translator.made_by
        self._translator = translator

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`; the context is in another language than what was said."""
        return self._translator.translate(samples, language=language, prompt=prompt)
