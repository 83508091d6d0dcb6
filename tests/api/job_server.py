"""A real server of jobs and of realtime sessions, for tests; as a program, in a process of its own.

Usage: python job_server.py DATA_DIR SCRIPT PORT KILL_AT; it kills itself when it has recognised
KILL_AT stretches; 0: never.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from medscribe.api.service import service_of
from medscribe.bootstrap import build
from medscribe.errors import MedScribeError
from medscribe.pipeline.work import Progress, ignore_progress
from medscribe.settings import Settings, load_settings


def app_of(settings: Settings, progress: Progress = ignore_progress) -> FastAPI:
    """The whole application."""
    service = service_of(build(settings, progress=progress))
    app = FastAPI()

    @app.exception_handler(MedScribeError)
    def handler(request, error):
        from medscribe.api.errors import answer_to

        a = answer_to(error)
        from fastapi.responses import JSONResponse

        return JSONResponse(a.body, a.status, dict(a.headers))

    from medscribe.api import jobs

    app.include_router(jobs.router(service))
    return app


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve `app` from a thread; its address without a path."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        threading.Event().wait(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive(), "the server did not stop"


def main() -> None:
    data_dir, script, port, kill_at = sys.argv[1:]
    left = int(kill_at)

    def report(doing: str, _done: float, _total: float) -> None:
        nonlocal left
        left -= doing == "Recognising speech"
        if left == 0 and int(kill_at):
            os.kill(os.getpid(), signal.SIGKILL)

    settings = load_settings(data_dir=Path(data_dir), asr="scripted", asr_options={"path": script})
    app = app_of(settings, report)
    config = uvicorn.Config(app, host="127.0.0.1", port=int(port), log_level="error")
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
