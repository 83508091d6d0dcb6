"""MedASR as a served model, on random weights: the fields of the earlier MedASR server."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import openai
import pytest
from tests.api.server import Site, new_service, running, scripted_settings
from tests.medasr_twin import build_sherpa_twin

from medscribe.settings import ServedModel

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def medasr(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("medasr")
    twin = build_sherpa_twin(folder / "twin", seed=1)
    options = {"model": str(twin), "chunk_length_s": 20, "stride_length_s": 2, "num_threads": 1}
    served = {"medasr": ServedModel(engine="medasr", options=options, port=8400)}
    settings = scripted_settings(folder, served_models=served)
    with running(new_service(settings), only_model="medasr") as site:
        yield site


def test_a_file_alone_is_enough(medasr: Site, spoken: Path) -> None:
    answer = httpx2.post(
        f"{medasr.url}/v1/audio/transcriptions", files={"file": spoken.read_bytes()}, timeout=60
    )
    assert answer.status_code == 200
    assert isinstance(answer.json()["text"], str)


@pytest.mark.parametrize("chunks", [(20, 2), (8, 0.5)])
def test_chunk_and_stride_may_be_chosen_per_request(
    medasr: Site, spoken: Path, chunks: tuple[float, float]
) -> None:
    fields = {"chunk_length_s": chunks[0], "stride_length_s": chunks[1]}
    found = medasr.client().audio.transcriptions.create(
        file=spoken, model="medasr", response_format="verbose_json", extra_body=fields
    )
    assert found.duration == 12.0


def test_chunks_that_make_no_sense_are_the_clients_error(medasr: Site, spoken: Path) -> None:
    with pytest.raises(openai.BadRequestError) as raised:
        medasr.client().audio.transcriptions.create(
            file=spoken, model="medasr", extra_body={"chunk_length_s": 2, "stride_length_s": 5}
        )
    assert raised.value.param in ("chunk_length_s", "stride_length_s")
