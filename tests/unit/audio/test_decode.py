"""Reading recordings: every usual format, whatever the file is called, never too much of it."""

import struct
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from medscribe.audio.decode import decode
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import AudioError, MissingDependencyError

Encode = Callable[..., Path]
Tone = Callable[..., np.ndarray]


def _hertz(samples: np.ndarray) -> float:
    """The strongest frequency of float32 (n,) at 16 kHz."""
    spectrum = np.abs(np.fft.rfft(samples))
    return float(spectrum.argmax() * SAMPLE_RATE / len(samples))


def _wav_header(*, rate: int, pcm_bytes: int) -> bytes:
    """Of 16-bit mono sound."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    data = struct.pack("<4sI", b"data", pcm_bytes)
    return struct.pack("<4sI4s", b"RIFF", 36 + pcm_bytes, b"WAVE") + form + data


@pytest.mark.parametrize("kind", ["wav", "mp3", "m4a", "flac", "ogg", "webm"])
def test_a_recording_of_any_format_becomes_16_khz_of_the_same_sound(
    kind: str, encode: Encode, tone: Tone
) -> None:
    sound = tone(2.0, kind)
    heard = decode(encode(sound[None], kind), max_seconds=60)
    assert heard.samples.dtype == np.float32
    assert heard.samples.shape[1] == 1
    assert heard.duration_seconds == pytest.approx(2.0, abs=0.1)
    assert _hertz(heard.mono) == pytest.approx(440, abs=2)
    assert np.sqrt(np.mean(heard.mono**2)) == pytest.approx(0.35, abs=0.05)
    assert not heard.truncated


def test_the_name_of_the_file_does_not_matter(encode: Encode, tone: Tone) -> None:
    path = encode(tone(1.0)[None], "mp3", name="recording.wav")
    assert decode(path, max_seconds=60).duration_seconds == pytest.approx(1.0, abs=0.1)


def test_two_microphones_stay_two_channels_and_mono_is_their_mean(
    encode: Encode, tone: Tone
) -> None:
    left, right = tone(1.0, hertz=300), tone(1.0, hertz=700)
    heard = decode(encode(np.stack([left, right])), max_seconds=60)
    assert heard.samples.shape == (SAMPLE_RATE, 2)
    assert _hertz(heard.samples[:, 0]) == pytest.approx(300, abs=2)
    assert _hertz(heard.samples[:, 1]) == pytest.approx(700, abs=2)
    np.testing.assert_allclose(heard.mono, heard.samples.mean(axis=1), atol=1e-6)


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_one_signal_stored_twice_becomes_one_channel(kind: str, encode: Encode, tone: Tone) -> None:
    sound = tone(1.0)
    heard = decode(encode(np.stack([sound, sound]), kind), max_seconds=60)
    assert heard.samples.shape[1] == 1


def test_more_than_two_channels_become_one(encode: Encode, tone: Tone) -> None:
    sounds = np.stack([tone(1.0)] * 6) / 4
    assert decode(encode(sounds), max_seconds=60).samples.shape == (SAMPLE_RATE, 1)


def test_a_small_file_that_holds_hours_is_refused_while_it_is_decoded(encode: Encode) -> None:
    path = encode(np.zeros((1, 16_000 * 600), np.float32), "flac", rate=16_000)
    assert path.stat().st_size < 200_000
    with pytest.raises(AudioError, match="longer than 5 minutes"):
        decode(path, max_seconds=300)


def test_a_recording_of_just_the_longest_length_is_taken(encode: Encode, tone: Tone) -> None:
    path = encode(tone(3.0)[None])
    assert decode(path, max_seconds=3.0).duration_seconds == pytest.approx(3.0, abs=0.01)


def test_a_header_with_an_absurd_rate_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "slow.wav"
    pcm = bytes(200_000)
    path.write_bytes(_wav_header(rate=1, pcm_bytes=len(pcm)) + pcm)
    with pytest.raises(AudioError, match="longer than 60 minutes"):
        decode(path, max_seconds=3600)


@pytest.mark.parametrize("kind", ["wav", "mp3", "flac", "webm"])
def test_a_cut_off_file_is_kept_as_far_as_it_goes_and_reported(
    kind: str, encode: Encode, tone: Tone
) -> None:
    path = encode(tone(10.0, kind)[None], kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    heard = decode(path, max_seconds=60)
    assert heard.truncated
    assert 4.5 < heard.duration_seconds < 7.5


def test_a_cut_off_m4a_with_its_index_in_front_is_kept_and_reported(
    encode: Encode, tone: Tone
) -> None:
    path = encode(tone(10.0)[None], "m4a", options={"movflags": "faststart"})
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    heard = decode(path, max_seconds=60)
    assert heard.truncated
    assert 4.5 < heard.duration_seconds < 7.5


def test_a_cut_off_m4a_without_its_index_is_refused(encode: Encode, tone: Tone) -> None:
    path = encode(tone(10.0)[None], "m4a")
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    with pytest.raises(AudioError):
        decode(path, max_seconds=60)


def test_a_damaged_stretch_does_not_lose_the_rest(encode: Encode, tone: Tone) -> None:
    path = encode(tone(10.0)[None], "mp3")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 500] = bytes(500)
    path.write_bytes(data)
    assert decode(path, max_seconds=60).duration_seconds > 9.5


def test_a_wav_written_as_a_stream_with_no_length_is_whole(encode: Encode, tone: Tone) -> None:
    path = encode(tone(2.0)[None])
    data = bytearray(path.read_bytes())
    start = data.index(b"data") + 4
    data[start : start + 4] = b"\xff\xff\xff\xff"
    data[4:8] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    heard = decode(path, max_seconds=60)
    assert heard.duration_seconds == pytest.approx(2.0, abs=0.01)
    assert not heard.truncated


def _text(path: Path) -> None:
    path.write_text("Patient Mary Walsh, chest pain since last night.\n" * 50)


def _playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nother.wav\n#EXT-X-ENDLIST\n")


def _noise(path: Path) -> None:
    path.write_bytes(np.random.default_rng(1).bytes(20_000))


def _empty(path: Path) -> None:
    path.touch()


def _header_only(path: Path) -> None:
    path.write_bytes(_wav_header(rate=16_000, pcm_bytes=0))


@pytest.mark.parametrize("make", [_text, _playlist, _noise, _empty, _header_only, Path.mkdir])
def test_what_is_no_recording_is_refused_in_one_sentence_that_names_nobody(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "mary_walsh.wav"
    make(path)
    with pytest.raises(AudioError) as raised:
        decode(path, max_seconds=60)
    message = str(raised.value)
    assert "walsh" not in message.lower()
    assert "\n" not in message
    assert raised.value.__cause__ is None


def test_a_path_where_nothing_lies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="check the path"):
        decode(tmp_path / "nothing.wav", max_seconds=60)


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    path = tmp_path / "film.mp4"
    with av.open(path, mode="w") as output:
        stream = output.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    with pytest.raises(AudioError, match="no sound"):
        decode(path, max_seconds=60)


def test_without_pyav_the_message_names_the_extra(
    encode: Encode, tone: Tone, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = encode(tone(0.5)[None])
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(MissingDependencyError, match=r"medscribe\[whisper\]"):
        decode(path, max_seconds=60)


@pytest.mark.corpus
def test_a_real_visit_is_read_whole(corpora: Path) -> None:
    heard = decode(corpora / "visits" / "audio" / "CAR0001.mp3", max_seconds=3600)
    assert heard.duration_seconds == pytest.approx(625.8, abs=0.2)
    assert heard.samples.shape[1] == 1
    assert not heard.truncated
