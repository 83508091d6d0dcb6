"""Before a visit begins: are there detectors, do they work, do they find names?"""

from pathlib import Path

import pytest

from medscribe.bootstrap import build_engines
from medscribe.errors import PrivacyError
from medscribe.pipeline.masking import require_masking
from medscribe.privacy.detectors.clinical import ClinicalDetector
from medscribe.settings import load_settings


def told(tmp_path: Path, *detectors: str) -> list[str]:
    notices: list[str] = []
    settings = load_settings(data_dir=tmp_path, detectors=detectors)
    require_masking(build_engines(settings), notices.append)
    return notices


def test_the_detectors_that_ship_are_enough(tmp_path: Path) -> None:
    assert told(tmp_path, "clinical") == []


def test_without_a_detector_no_visit_begins(tmp_path: Path) -> None:
    with pytest.raises(PrivacyError, match="No detector"):
        told(tmp_path)


def test_detectors_that_find_no_names_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClinicalDetector, "detect", lambda _self, heard: [[] for _ in heard])

    (notice,) = told(tmp_path, "clinical")

    assert "find no names" in notice


def test_a_detector_that_fails_is_known_before_the_visit_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ClinicalDetector, "detect", lambda _self, _heard: None)

    with pytest.raises(PrivacyError, match="clinical"):
        told(tmp_path, "clinical")
