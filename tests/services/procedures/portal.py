"""The procedures service on a database of its own, called as the gateway calls it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient
from PIL import Image
from pypdf import PdfWriter

from chassis.caller import CallerSigner, Person, load_private_key
from chassis.clock import Clock, IdSource
from services.procedures.declarations.model import Declaration

DECLARATION = Declaration("5" * 64, 1, "fr", "Déclaration sur l’honneur", "<p>Je certifie…</p>")
CARD = "carte-decheterie"
CARD_PAGES: Mapping[str, Mapping[str, Any]] = {
    "vous": {
        "family_name": "Pagnol",
        "given_name": "Manon",
        "email": "manon.pagnol@example.org",
        "phone": "04 66 02 55 55",
    },
    "adresse": {
        "street_address": "12 rue de la République",
        "postal_code": "30900",
        "commune": "30189",
    },
    "carte": {"request_type": "first", "user_type": "household"},
}


class SetClock(Clock):
    """A clock that stands where it is put; `monotonic` moves with it only when told."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Draft:
    """A request under way: its identifier, its owner's key, and the revision last seen."""

    id: UUID
    key: str
    revision: int = 0
    person: Person | None = None

    @property
    def path(self) -> str:
        return f"/requests/{self.id}"


@dataclass
class Portal:
    """Calls the service; `legal` signs receipts with the legal service's own key."""

    client: TestClient  # type: ignore[type-arg]
    clock: SetClock
    keys: Path
    ids: IdSource = field(default_factory=IdSource)

    def signer(self, service: str) -> CallerSigner:
        return CallerSigner(service, load_private_key(self.keys / f"{service}.pem"), self.clock)

    async def call(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        person: Person | None = None,
        service: str = "gateway",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> ClientResponse:
        sent = {"Authorization": f"Bearer {self.signer(service).token('procedures', person)}"}
        if key is not None:
            sent["Request-Key"] = key
        return await self.client.request(method, path, headers={**sent, **(headers or {})}, **more)

    def receipt(self, request_id: UUID, signer: str = "legal", **changes: Any) -> str:
        claims = {
            "iss": signer,
            "aud": "procedures",
            "sub": str(request_id),
            "document": "conditions-generales",
            "version": 1,
            "language": "fr",
            "content_hash": "a" * 64,
            "accepted_at": self.clock.now().isoformat(),
            "acceptance_id": str(self.ids.new_id()),
            **changes,
        }
        return self.signer(signer).sign(claims, "acceptance")

    def new_body(self, draft: Draft, procedure: str = CARD, **changes: Any) -> dict[str, Any]:
        return {
            "id": str(draft.id),
            "procedure": procedure,
            "language": "fr",
            "terms_receipt": self.receipt(draft.id),
            "access_key": draft.key,
            **changes,
        }

    def new_draft(self, person: Person | None = None) -> Draft:
        return Draft(self.ids.new_id(), self.ids.new_secret(), person=person)

    async def start(self, procedure: str = CARD, person: Person | None = None) -> Draft:
        draft = self.new_draft(person)
        response = await self.call(
            "POST", "/requests", json=self.new_body(draft, procedure), person=person
        )
        assert response.status == 201, await response.text()
        return draft

    async def view(self, draft: Draft) -> dict[str, Any]:
        response = await self.call("GET", draft.path, key=draft.key)
        assert response.status == 200, await response.text()
        found: dict[str, Any] = await response.json()
        return found

    async def save(
        self, draft: Draft, page: str, answers: Mapping[str, Any], revision: int | None = None
    ) -> ClientResponse:
        """Save a page; the draft's revision follows what the service answers."""
        body = {
            "answers": dict(answers),
            "revision": draft.revision if revision is None else revision,
        }
        path = f"{draft.path}/answers/{page}"
        response = await self.call("PUT", path, key=draft.key, json=body)
        if response.status in (200, 422):
            draft.revision = (await response.json()).get("revision", draft.revision)
        return response

    async def upload(
        self,
        draft: Draft,
        content: bytes,
        name: str = "facture.pdf",
        document: str = "justificatif-domicile",
        headers: Mapping[str, str] | None = None,
    ) -> ClientResponse:
        # names travel as browsers send them, not percent-encoded
        form = FormData(quote_fields=False)
        form.add_field("file", io.BytesIO(content), filename=name, content_type="application/pdf")
        path = f"{draft.path}/documents/{document}"
        return await self.call("PUT", path, key=draft.key, data=form, headers=headers)

    async def complete(self, procedure: str = CARD, person: Person | None = None) -> Draft:
        """Start and fill a card request, ready to be filed."""
        draft = await self.start(procedure, person)
        for page, answers in CARD_PAGES.items():
            response = await self.save(draft, page, answers)
            assert response.status == 200, await response.text()
        response = await self.upload(draft, pdf())
        assert response.status == 201, await response.text()
        return draft

    async def file(self, draft: Draft, **changes: Any) -> ClientResponse:
        body = {"certified": True, "certification_hash": DECLARATION.content_hash, **changes}
        return await self.call("POST", f"{draft.path}/filing", key=draft.key, json=body)

    async def filed(self) -> tuple[Draft, dict[str, Any]]:
        draft = await self.complete()
        response = await self.file(draft)
        assert response.status == 200, await response.text()
        return draft, await response.json()


@cache
def pdf(pages: int = 1) -> bytes:
    """A small real PDF."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@cache
def image(kind: str = "JPEG") -> bytes:
    """A small real image."""
    written = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 120, 40)).save(written, kind)
    return written.getvalue()
