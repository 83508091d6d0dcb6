"""The real server in a process of its own, which may kill itself in the middle of a job.

Usage: python job_server.py DATA_DIR SCRIPT PORT KILL_AT; it is killed when it has recognised
KILL_AT stretches; 0: never.
"""

import os
import signal
import sys
from pathlib import Path

import uvicorn

from medscribe.api.app import create_app
from medscribe.api.service import service_of
from medscribe.bootstrap import build
from medscribe.settings import load_settings


def main() -> None:
    data_dir, script, port, kill_at = sys.argv[1:]
    left = int(kill_at)

    def report(doing: str, _done: float, _total: float) -> None:
        nonlocal left
        left -= doing == "Recognising speech"
        if left == 0 and int(kill_at):
            os.kill(os.getpid(), signal.SIGKILL)

    settings = load_settings(data_dir=Path(data_dir), asr="scripted", asr_options={"path": script})
    app = create_app(service_of(build(settings, progress=report)))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    main()
