"""Every answer is one that the service's own description announces."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chassis.caller import Person
from chassis.clock import IdSource
from services.legal.app import Parts
from tests.services.legal.conftest import TERMS, Callers, SetClock, version
from tests.support.described import examine

LATER = datetime(2999, 1, 1, tzinfo=UTC)
OTHER = "accessibilite"
JSON = {"media_type": "application/json"}


async def prepared_drafts(parts: Parts, writer: UUID) -> dict[str, tuple[str, int]]:
    """A draft for each thing that may be done to one: its id and revision."""
    found = {}
    for name in ("show", "save", "submit", "refuse", "approve", "discard"):
        draft = await parts.drafts.begin_draft(IdSource().new_id(), OTHER, writer)
        if name in ("refuse", "approve"):
            draft = await parts.drafts.submit_draft(draft.id, 1, writer)
        found[name] = (str(draft.id), draft.revision)
    return found


def known_drafts(drafts: Mapping[str, tuple[str, int]]) -> dict[str, dict[str, Any]]:
    """What succeeds on each address of drafts."""
    text = {"title": "T", "summary": "S", "markdown": "M"}
    typed = {"based_on": 1, "change": "editorial", "effective_from": None, "fr": text, "en": text}
    new = {"id": str(IdSource().new_id()), "slug": OTHER}

    def on(name: str, **more: Any) -> dict[str, Any]:
        number, revision = drafts[name]
        body = {"revision": revision, **more}
        return {"path_parameters": {"id": number}, "body": body, **JSON}

    shown = {"path_parameters": {"id": drafts["show"][0]}}
    return {
        "GET /drafts": {},
        "POST /drafts": {"body": new, **JSON},
        "GET /drafts/{id}": shown,
        "GET /drafts/{id}/differences": shown,
        "PUT /drafts/{id}": on("save", **typed),
        "POST /drafts/{id}/submission": on("submit"),
        "POST /drafts/{id}/refusal": on("refuse", reason="Coquille"),
        "POST /drafts/{id}/approval": on("approve"),
        "POST /drafts/{id}/discard": on("discard"),
    }


def known_documents() -> dict[str, dict[str, Any]]:
    """What succeeds on each address of documents."""
    terms = {"slug": TERMS}
    cancelled = {"slug": TERMS, "version": 2}
    return {
        "GET /documents": {"query": {"language": "en"}},
        "GET /documents/{slug}": {"path_parameters": terms, "query": {"version": 1}},
        "GET /documents/{slug}/differences": {
            "path_parameters": terms,
            "query": {"former": 1, "latter": 1},
        },
        "GET /documents/{slug}/versions": {"path_parameters": terms},
        "GET /documents/{slug}/history": {"path_parameters": terms},
        "POST /documents/{slug}/versions/{version}/cancellation": {
            "path_parameters": cancelled,
            "body": {"reason": "Report"},
            **JSON,
        },
        "GET /evidence/heads": {},
    }


def known_acceptances(account: str) -> dict[str, dict[str, Any]]:
    """What succeeds on each address of acceptances, for one account."""
    shown = version()
    consent = {
        "subject_kind": "account",
        "subject_id": account,
        "document": shown.slug,
        "version": shown.version,
        "content_hash": shown.texts["fr"].content_hash,
        "language": "fr",
        "page": "/demarches",
    }
    withdrawal = {"document": TERMS, "language": "fr", "page": "/compte"}
    own = {"path_parameters": {"id": account}}
    return {
        "POST /acceptances": {"body": consent, **JSON},
        "GET /accounts/{id}/acceptance-due": own,
        "GET /requests/{id}/acceptance-due": own,
        "GET /accounts/{id}/acceptances": own,
        "POST /accounts/{id}/receipts": {
            **own,
            "body": {"request_id": account, "document": TERMS},
            **JSON,
        },
        "POST /accounts/{id}/withdrawals": {**own, "body": withdrawal, **JSON},
    }


async def test_every_answer_is_described(
    callers: Callers, published: object, parts: Parts, clock: SetClock
) -> None:
    await parts.publications.publish_versions(
        [version(), version(2, LATER), version(1, slug=OTHER)]
    )
    await parts.heads.publish_head()
    drafts = await prepared_drafts(parts, IdSource().new_id())
    staff = Person(str(IdSource().new_id()), ("editor", "publisher"))
    message = {"form_token": callers.form_token(), "language": "fr", "subject": "S", "message": "M"}
    known = {
        **known_documents(),
        **known_acceptances(staff.account_id),
        **known_drafts(drafts),
        "POST /feedback": {"body": message, **JSON},
    }
    url = str(callers.client.make_url("")).rstrip("/")
    await asyncio.to_thread(examine, url, callers.authorization(person=staff), known)
