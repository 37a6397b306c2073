"""A message sent as the gateway does, and the jobs that it leaves."""

from typing import Any

from chassis.database import Database
from tests.services.legal.conftest import Callers

WORDS = {
    "language": "fr",
    "subject": "Une coquille sur la page des cookies",
    "message": "Bonjour,\nil manque un « s ».",
    "name": "Camille Martin",
    "email": "camille@example.fr",
    "page": "/cookies",
}


async def send(callers: Callers, token: str | None = None, **changes: str) -> Any:
    body = {"form_token": token or callers.form_token(), **WORDS, **changes}
    response = await callers.send("POST", "/feedback", body)
    return {"status": response.status, **await response.json()}


async def queued(database: Database) -> list[str]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT entrypoint FROM pgqueuer ORDER BY id")
    return [row["entrypoint"] for row in rows]
