"""The optional scoring libraries, or a sentence that says how to install them."""

from importlib import import_module
from types import ModuleType

from medscribe.errors import MissingDependencyError


def scoring_library(name: str) -> ModuleType:
    """The module of that import name; `MissingDependencyError` names the extra that brings it."""
    try:
        return import_module(name)
    except ImportError:
        raise MissingDependencyError(
            f"Scoring needs {name.partition('.')[0]}: install it with  "
            "pip install 'medscribe[evaluate]'"
        ) from None
