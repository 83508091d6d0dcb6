"""What the routes of the server share: the running product and the recognisers it serves."""

from dataclasses import dataclass

from medscribe.api.shelf import ModelShelf
from medscribe.bootstrap import MedScribe
from medscribe.settings import Settings


@dataclass(frozen=True)
class Service:
    """Made once by `medscribe serve` or a test; routes get it as an argument."""

    medscribe: MedScribe
    models: ModelShelf

    @property
    def settings(self) -> Settings:
        return self.medscribe.settings


def service_of(medscribe: MedScribe) -> Service:
    """The service of a built product; nothing is loaded yet."""
    models = ModelShelf(medscribe.settings, medscribe.engines.transcriber)
    return Service(medscribe=medscribe, models=models)
