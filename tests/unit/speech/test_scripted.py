"""The script: one line per stretch of speech."""

import json
from pathlib import Path

import numpy as np
import pytest

from medscribe.errors import ConfigurationError
from medscribe.speech.transcribers import scripted

HUM = np.full(32000, 0.1, np.float32)


def test_each_stretch_gets_the_next_line_until_the_script_ends(tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps(["My knee hurts.", "", "Since Monday."]))
    transcriber = scripted.create(scripted.Options(path=script))
    said = [transcriber.transcribe(HUM, language="en") for _ in range(4)]
    texts = [" ".join(segment.text for segment in segments) for segments in said]
    assert texts == ["My knee hurts.", "", "Since Monday.", ""]


def test_words_share_the_stretch_evenly(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("one two three four")
    (segment,) = scripted.create(scripted.Options(path=script)).transcribe(HUM, language="en")
    assert [word.span.start for word in segment.words] == [0.0, 0.5, 1.0, 1.5]


@pytest.mark.parametrize("content", ['{"lines": []}', "[1, 2]", "not json"])
def test_a_script_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    script = tmp_path / "script.json"
    script.write_text(content)
    with pytest.raises(ConfigurationError):
        scripted.create(scripted.Options(path=script))
    with pytest.raises(ConfigurationError):
        scripted.create(scripted.Options(path=tmp_path / "none.txt"))
