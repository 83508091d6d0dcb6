"""Before a visit begins, and before it is masked: are there detectors, do they find names?"""

from pathlib import Path

import pytest

from medscribe.bootstrap import build_engines
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import PrivacyError
from medscribe.pipeline.masking import mask_visit, require_masking
from medscribe.pipeline.work import Engines
from medscribe.privacy.detectors.clinical import ClinicalDetector
from medscribe.settings import load_settings

SAID = [Utterance(id="u1", speaker="S1", role=Role.UNKNOWN, text="My name is Zebulon.")]


def engines(tmp_path: Path, *detectors: str) -> Engines:
    return build_engines(load_settings(data_dir=tmp_path, detectors=detectors))


def test_the_detectors_that_ship_are_enough(tmp_path: Path) -> None:
    require_masking(engines(tmp_path, "clinical"))


def test_without_a_detector_no_visit_begins(tmp_path: Path) -> None:
    with pytest.raises(PrivacyError, match="No detector"):
        require_masking(engines(tmp_path))


def test_detectors_that_find_no_names_mask_no_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClinicalDetector, "detect", lambda _self, heard: [[] for _ in heard])

    with pytest.raises(PrivacyError, match="find no names"):
        require_masking(engines(tmp_path, "clinical"))
    with pytest.raises(PrivacyError, match="find no names"):
        mask_visit(SAID, EncounterResults(), engines(tmp_path, "clinical"))


@pytest.mark.engine
def test_presidio_without_a_model_is_not_enough_by_itself(tmp_path: Path) -> None:
    pytest.importorskip("presidio_analyzer", reason="the extra presidio is not installed")

    with pytest.raises(PrivacyError, match="find no names"):
        require_masking(engines(tmp_path, "presidio"))
    require_masking(engines(tmp_path, "clinical", "presidio"))


def test_a_detector_that_fails_is_known_before_the_visit_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClinicalDetector, "detect", lambda _self, _heard: None)

    with pytest.raises(PrivacyError, match="clinical"):
        require_masking(engines(tmp_path, "clinical"))
