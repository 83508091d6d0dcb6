"""Engine packages -> engine modules, found by module name.

An engine is one module inside a package such as `medscribe.speech.transcribers`. It offers

- `SUMMARY`: one line for `medscribe engines`,
- `REQUIRES`: import names of the libraries it needs (`"a|b"`: one of the two is enough), `EXTRA`:
  the extra that brings them,
- `Options`: its settings (pydantic, `extra="forbid"`),
- `create(options)`: the engine; heavy imports stand inside it.

Other distributions may add engines through an entry point whose group is the package's name.
"""

import importlib
import importlib.util
import pkgutil
from dataclasses import dataclass
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from medscribe.errors import ConfigurationError, MissingDependencyError


@dataclass(frozen=True)
class EngineInfo:
    """What is known of an engine without loading it."""

    name: str
    summary: str
    extra: str | None
    missing: tuple[str, ...]

    @property
    def installed(self) -> bool:
        return not self.missing


def engine_names(package: str) -> list[str]:
    """Names of all engines in `package`, sorted: its modules and its entry points."""
    folder = importlib.import_module(package)
    own = {found.name for found in pkgutil.iter_modules(folder.__path__)}
    return sorted(own | {point.name for point in entry_points(group=package)})


def load_engine(package: str, name: str) -> ModuleType:
    """The module of engine `name`; `ConfigurationError` names the choices if there is none."""
    names = engine_names(package)
    if name not in names:
        kind = package.rsplit(".", 1)[-1]
        raise ConfigurationError(
            f"There is no engine of that name among the {kind}. Choose one of: {', '.join(names)}."
        )
    for point in entry_points(group=package):
        if point.name == name:
            module = point.load()
            assert isinstance(module, ModuleType)
            return module
    return importlib.import_module(f"{package}.{name}")


def describe_engine(package: str, name: str) -> EngineInfo:
    """What engine `name` is and which of its libraries are missing; loads no heavy library."""
    module = load_engine(package, name)
    missing = tuple(
        " or ".join(libs.split("|"))
        for libs in module.REQUIRES
        if not any(_importable(lib) for lib in libs.split("|"))
    )
    return EngineInfo(name=name, summary=module.SUMMARY, extra=module.EXTRA, missing=missing)


def _importable(library: str) -> bool:
    """Whether the library is installed; a parent package that is missing counts as missing."""
    try:
        return importlib.util.find_spec(library) is not None
    except ModuleNotFoundError:
        return False


def create_engine(
    package: str,
    name: str,
    options: dict[str, Any] | None = None,
    *,
    allow_download: bool = True,
) -> Any:
    """Engine `name` of `package`, ready to work.

    `allow_download` False: options that ask for a download (`allow_download`, or `offline` off) are
    refused. Raises `ConfigurationError` for these and for an unknown name or option,
    `MissingDependencyError` with the extra to install, `ModelUnavailableError` if its weights
    cannot be had.
    """
    info = describe_engine(package, name)
    if info.missing:
        raise MissingDependencyError(
            f"Engine {name} needs {', '.join(info.missing)}: "
            f"install it with  pip install 'medscribe[{info.extra}]'"
        )
    module = load_engine(package, name)
    try:
        chosen = module.Options(**(options or {}))
    except ValidationError as error:
        raise _options_refused(name, error) from None
    fetches = getattr(chosen, "allow_download", False) or not getattr(chosen, "offline", True)
    if fetches and not allow_download:
        raise ConfigurationError(
            f"The options of engine {name} ask for a download, which the setting allow_download "
            "rules out: change one of the two."
        )
    return module.create(chosen)


def _options_refused(name: str, error: ValidationError) -> ConfigurationError:
    """Names the options, never their values: one may be a key."""
    items = error.errors(include_input=False, include_context=False, include_url=False)
    lacking = [item for item in items if item["type"] == "missing"]
    options = ", ".join(".".join(map(str, item["loc"])) for item in lacking or items)
    if lacking:
        return ConfigurationError(
            f"Engine {name} needs options that are not set: {options} (docs/engines.md)."
        )
    return ConfigurationError(f"Engine {name} does not take these options: {options}.")
