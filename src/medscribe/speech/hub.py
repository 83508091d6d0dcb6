"""The one door to the Hugging Face hub: a repository's files -> a folder.

The hub's library reports usage unless told not to before it is imported, so it is imported here
alone, and only when something is to be fetched.
"""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

from medscribe.errors import MissingDependencyError

REACH_SECONDS = 5.0
"""How long an offline machine waits before it is told so. Name look-ups have limits of their own
(often 5 s a server), hence a thread that is not waited for any longer."""

_DISK_TROUBLE = frozenset((errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EDQUOT))

Report = Callable[[float, float], None]
"""Called with (megabytes done, megabytes in all; 0 while that is unknown)."""


def quiet_hub() -> None:
    """Turns the hub library's telemetry off; must run before anything imports it."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # A first answer later than this is taken for no connection.
    os.environ.setdefault("HF_HUB_ETAG_TIMEOUT", str(int(REACH_SECONDS)))


def fetch_repository(repository: str, folder: Path, patterns: list[str], report: Report) -> bool:
    """Fetches the files of `repository` that fit `patterns` into `folder`; False: not reachable.

    Raises `OSError` where the disk is full or the folder cannot be written.
    """
    quiet_hub()
    try:
        import huggingface_hub
    except ImportError:
        raise MissingDependencyError(
            "Fetching models needs huggingface_hub: "
            "install it with  pip install 'medscribe[whisper]'"
        ) from None
    if not _is_reachable():
        return False
    try:
        huggingface_hub.snapshot_download(
            repository,
            local_dir=folder,
            allow_patterns=patterns,
            endpoint=_endpoint(),
            tqdm_class=_reporting_bar(report),
        )
    except OSError as error:
        if error.errno in _DISK_TROUBLE:
            raise
        return False
    except _transport_error():
        return False
    return True


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")


def _is_reachable() -> bool:
    """Whether the hub answers at all within `REACH_SECONDS`; False when told to stay offline."""
    answers: list[bool] = []
    asking = Thread(target=lambda: answers.append(_answers()), daemon=True)
    asking.start()
    asking.join(REACH_SECONDS)
    return bool(answers) and answers[0]


def _answers() -> bool:
    import huggingface_hub

    try:
        # The session keeps to proxies and HF_HUB_OFFLINE.
        huggingface_hub.get_session().head(_endpoint(), timeout=REACH_SECONDS)
    except (OSError, _transport_error()):
        return False
    return True


def _transport_error() -> type[Exception]:
    """Root of the errors of the HTTP library under the hub's; which one it is changes."""
    from huggingface_hub.errors import HfHubHTTPError

    root: type[Exception] = HfHubHTTPError.__mro__[1]
    return root


def _reporting_bar(report: Report) -> type[Any]:
    """A progress bar that draws nothing and reports megabytes."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self.arrived = 0.0
            super().__init__(*args, **{**kwargs, "file": io.StringIO(), "disable": False})

        def update(self, n: float | None = 1) -> Any:
            self.arrived += n or 0
            if self.unit == "B":
                report(self.arrived / 1e6, (self.total or 0) / 1e6)
            return super().update(n)

    return Bar
