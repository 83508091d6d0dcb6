"""A multipart request -> its fields, and its file in an unnamed file of the data folder.

The file is never whole in memory and never has a name: what a crash leaves, nobody can open. The
cap counts while bytes arrive, so an endless upload costs no more than a large one.
"""

import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

import anyio
import anyio.to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from medscribe.api.errors import ClientGoneError, RequestError
from medscribe.durable import disk_errors
from medscribe.settings import Settings

_MOST_FIELDS = 64
_MOST_FIELD_BYTES = 24 << 20
"""All text fields together: four reference voices of 10 s as data URLs are about 10 MB."""

_REFERENCES = frozenset({"known_speaker_references", "known_speaker_references[]"})
_MOST_PLAIN_BYTES = 64 << 10
"""All others together: more words than any engine takes; they are read in the event loop."""

_WRITE_BYTES = 1 << 20
_IDLE_SECONDS = 60.0
"""Uploads under way keep others out, so one from which nothing comes has to end."""


@dataclass
class Upload:
    """What a client sent: text fields by name, in order, and one open file (None: no file).

    Leaving its context closes the file, which removes it from the disk.
    """

    fields: dict[str, list[str]] = field(default_factory=dict)
    file: IO[bytes] | None = None

    def __enter__(self) -> "Upload":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.file is not None:
            self.file.close()


async def receive(request: Request, folder: Path, *, max_mb: int) -> Upload:
    """The upload of `request`, its file in `folder`; the caller enters and leaves its context.

    Raises `RequestError`: 413 as soon as more than `max_mb` megabytes are announced or arrive, 415
    for another content type, 400 for a broken body; `ClientGoneError`; `StorageFullError`.
    """
    limit = (max_mb << 20) + _MOST_FIELD_BYTES
    boundary = _boundary(request.headers.get("content-type", ""))
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit:
        raise _too_large(max_mb)
    with disk_errors("data folder"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    form = _Form(boundary, folder, max_mb)
    with ExitStack() as on_failure:
        on_failure.enter_context(form.upload)
        await _feed(form, request, limit)
        on_failure.pop_all()
    return form.upload


async def _feed(form: "_Form", request: Request, limit: int) -> None:
    body = aiter(request.stream())
    arrived = 0
    try:
        while (chunk := await _next(body)) is not None:
            arrived += len(chunk)
            if arrived > limit:  # also what belongs to no part: before the first, after the last
                raise _too_large(form.max_mb)
            form.parse(chunk)
            if form.waiting_bytes >= _WRITE_BYTES:
                await anyio.to_thread.run_sync(form.write)
        form.finish()
    except TimeoutError:
        raise RequestError(
            f"Nothing of the upload came for {_IDLE_SECONDS:g} s: send the request again.",
            status=408,
        ) from None
    except ClientDisconnect:
        raise ClientGoneError("The client has gone.") from None
    except FormParserError:
        raise _broken() from None
    if form.upload.file is not None:
        await anyio.to_thread.run_sync(form.rewind)


async def _next(body: AsyncIterator[bytes]) -> bytes | None:
    """The next bytes; None at the end. Raises `TimeoutError` where none come."""
    with anyio.fail_after(_IDLE_SECONDS):
        return await anext(body, None)


class _Form:
    """Follows the parser: one part after the other, headers before data."""

    def __init__(self, boundary: bytes, folder: Path, max_mb: int) -> None:
        self.upload = Upload()
        self.waiting_bytes = 0
        self._waiting: list[bytes] = []
        self._folder = folder
        self.max_mb = max_mb
        self._file_bytes = 0
        self._field_bytes = 0
        self._plain_bytes = 0
        self._parts = 0
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._name = ""
        self._text: bytearray | None = None
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._finished,
            },
        )

    def parse(self, chunk: bytes) -> None:
        self._parser.write(chunk)

    def finish(self) -> None:
        """`RequestError` where the body broke off before its last part ended."""
        self._parser.finalize()
        if not self._ended:
            raise _broken()

    def write(self) -> None:
        """Put what has arrived of the file on the disk; may block."""
        assert self.upload.file is not None
        with disk_errors("data folder"):
            self.upload.file.writelines(self._waiting)
        self._waiting.clear()
        self.waiting_bytes = 0

    def rewind(self) -> None:
        """Put the rest on the disk and go to the file's beginning."""
        self.write()
        assert self.upload.file is not None
        with disk_errors("data folder"):
            self.upload.file.seek(0)

    def _begin(self) -> None:
        self._parts += 1
        self._disposition = b""
        if self._parts > _MOST_FIELDS:
            raise RequestError(f"The request has more than {_MOST_FIELDS} fields: send fewer.")

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def _header_end(self) -> None:
        name, value = (bytes(text) for text in self._header)
        if name.lower() == b"content-disposition":
            self._disposition = value
        for text in self._header:
            text.clear()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"name" not in options:
            raise _broken()
        self._name = options[b"name"].decode("utf-8", "replace")
        self._text = None
        # The file's own name is never kept: it may name a patient.
        if self._name == "file" and self.upload.file is None:
            with disk_errors("data folder"):
                self.upload.file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        elif self._name == "file" or b"filename" in options:
            raise RequestError(
                "Send one file, in the field file; reference voices go as data URLs.", param="file"
            )
        else:
            self._text = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._text is None:
            self._file_bytes += end - start
            if self._file_bytes > self.max_mb << 20:
                raise _too_large(self.max_mb)
            self._waiting.append(data[start:end])
            self.waiting_bytes += end - start
            return
        self._field_bytes += end - start
        if self._name not in _REFERENCES:
            self._plain_bytes += end - start
        if self._field_bytes > _MOST_FIELD_BYTES or self._plain_bytes > _MOST_PLAIN_BYTES:
            raise RequestError(
                f"The text fields may hold {_MOST_PLAIN_BYTES >> 10} KB, and with reference voices "
                f"{_MOST_FIELD_BYTES >> 20} MB: send less.",
                param=self._name,
                status=413,
            )
        self._text += data[start:end]

    def _end(self) -> None:
        if self._text is not None:
            text = self._text.decode("utf-8", "replace")
            self.upload.fields.setdefault(self._name, []).append(text)

    def _finished(self) -> None:
        self._ended = True


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise RequestError(
            "Send the recording as multipart/form-data, in the field file.", status=415
        )
    boundary = options.get(b"boundary", b"")
    if not 0 < len(boundary) <= 256:
        raise _broken()
    return boundary


def _too_large(max_mb: int) -> RequestError:
    return RequestError(
        f"The file is larger than {max_mb} MB: compress it (Opus, MP3, FLAC), cut it into parts, "
        "or raise max_upload_mb.",
        param="file",
        code="file_too_large",
        status=413,
    )


def _broken() -> RequestError:
    return RequestError("The multipart body is broken or cut off: send the request again.")


def upload_folder(settings: Settings) -> Path:
    """Where files of requests lie while they are worked on, without a name."""
    return settings.data_dir / "uploads"
