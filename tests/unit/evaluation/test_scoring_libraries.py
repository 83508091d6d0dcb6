import pytest

from medscribe.errors import MissingDependencyError
from medscribe.evaluation.scoring_libraries import scoring_library


def test_a_missing_library_names_the_extra_to_install() -> None:
    with pytest.raises(MissingDependencyError, match=r"pip install 'medscribe\[evaluate\]'"):
        scoring_library("no_such_scoring_library.part")
