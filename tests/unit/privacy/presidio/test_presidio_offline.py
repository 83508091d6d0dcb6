"""Presidio makes no connection and writes no file, from its import on; its log is silent."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("presidio_analyzer")

from medscribe.privacy.presidio.quiet import LOGGERS, silent

PROGRAM = """
import socket
def refused(*_, **__):
    raise SystemExit("a connection was tried")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refused
socket.create_connection = socket.getaddrinfo = refused
from medscribe.domain.transcript import Role, Utterance
from medscribe.privacy.detectors import presidio
detector = presidio.create(presidio.Options())
said = ["jo@example.com", "jo@clinic.example.co.uk, www.example.museum", "jo@ward.localdomain",
        "jo@xn--80ak6aa92e.com and https://example.xyz/visits?id=3", "a.b@c.d.e.f.gov, x@y.zz"]
visit = [Utterance(id="u", speaker="S1", role=Role.UNKNOWN, text=text) for text in said]
found = detector.detect(visit)
assert all(found), found
from tldextract.tldextract import TLD_EXTRACTOR
assert TLD_EXTRACTOR.suffix_list_urls, "others who use tldextract find it as it was"
print("done")
"""


def test_nothing_is_fetched_and_nothing_is_written(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    places = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")
    environment = {
        **{name: value for name, value in os.environ.items() if "CACHE" not in name},
        **dict.fromkeys(places, str(home)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr, done.returncode) == ("done\n", "", 0)
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize("name", LOGGERS)
def test_presidios_log_stays_silent(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), silent():
        logging.getLogger(name).warning("Context list is: Mary Walsh")
    logging.getLogger(name).error("Mary Walsh")
    assert caplog.text == ""


def test_an_error_that_presidio_only_logs_is_an_error_here() -> None:
    with pytest.raises(RuntimeError, match="left out"), silent():
        try:
            raise TimeoutError
        except TimeoutError:
            logging.getLogger("presidio-analyzer").warning("timed out", exc_info=True)
    with silent():
        pass
