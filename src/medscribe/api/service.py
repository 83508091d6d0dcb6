"""What the routes of the server share: the running product and the recognisers it serves."""

from collections.abc import Callable
from dataclasses import dataclass

from medscribe.api.shelf import ModelShelf
from medscribe.bootstrap import MedScribe, ignore_notice
from medscribe.settings import Settings


@dataclass(frozen=True)
class Service:
    """Made once by `medscribe serve` or a test; routes get it as an argument."""

    medscribe: MedScribe
    models: ModelShelf

    @property
    def settings(self) -> Settings:
        return self.medscribe.settings


def service_of(medscribe: MedScribe, notice: Callable[[str], None] = ignore_notice) -> Service:
    """The service of a built product; nothing is loaded yet. `notice`: see `ModelShelf`."""
    models = ModelShelf(medscribe.settings, medscribe.engines.transcriber, notice=notice)
    return Service(medscribe=medscribe, models=models)
