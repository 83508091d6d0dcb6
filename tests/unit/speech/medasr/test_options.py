"""What the engine offers before it is loaded."""

import pytest

from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.plugin import create_engine, describe_engine
from medscribe.speech.transcribers import medasr

ENGINES = "medscribe.speech.transcribers"


def test_it_is_listed_with_its_extra() -> None:
    info = describe_engine(ENGINES, "medasr")
    assert info.extra == "medasr"
    assert "dictation" in info.summary


def test_the_cut_is_that_of_the_models_authors_unless_said_otherwise() -> None:
    options = medasr.Options()
    assert (options.chunk_length_s, options.stride_length_s) == (20, 2)
    assert (options.beam_width, options.spoken_punctuation) == (8, True)


def test_the_licence_notice_names_the_terms_and_sends_to_a_lawyer() -> None:
    for needed in ("Health AI Developer Foundations", "Clinical Use", "lawyer", "Distribution"):
        assert needed in medasr.LICENCE_NOTICE


@pytest.mark.engine
def test_without_weights_it_says_how_to_get_them() -> None:
    with pytest.raises(ModelUnavailableError, match="your own token"):
        create_engine(ENGINES, "medasr", {})


@pytest.mark.engine
def test_an_unknown_option_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="beams"):
        create_engine(ENGINES, "medasr", {"beams": 3})
