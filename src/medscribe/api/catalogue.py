"""`GET /v1/models`, `/v1/models/{name}` and `/health`: what is served, and whether it is up."""

import time
from typing import Any

from fastapi import APIRouter

from medscribe import __version__
from medscribe.api.service import Service


def router(service: Service) -> APIRouter:
    """The routes; none of them loads a model."""
    routes = APIRouter(tags=["models"])
    started_at = int(time.time())

    def described(name: str) -> dict[str, Any]:
        served = service.models.resolve(name)
        return {
            "id": name,
            "object": "model",
            "created": started_at,
            "owned_by": "medscribe",
            "engine": service.models.engine(served),
            "served_as": served,
        }

    @routes.get("/v1/models")
    async def models() -> dict[str, Any]:
        names = [*service.models.offered(), *service.models.aliases()]
        return {"object": "list", "data": [described(name) for name in names]}

    @routes.get("/v1/models/{name:path}")
    async def model(name: str) -> dict[str, Any]:
        return described(name)

    @routes.get("/health")
    async def health() -> dict[str, Any]:
        names = service.models.names()
        return {
            "status": "healthy",
            "type": "automatic-speech-recognition",
            "version": __version__,
            "model": names[0],
            "models": [{"id": name, "loaded": service.models.is_loaded(name)} for name in names],
        }

    return routes
