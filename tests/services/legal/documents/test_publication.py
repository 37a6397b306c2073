"""Publishing: what is in force never changes, and each publication is witnessed."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chassis.caller import SignatureChecker
from chassis.database import Database
from services.legal.documents.model import DocumentVersion, PublicationRefused
from services.legal.documents.publishing import PublicationService
from services.legal.documents.service import DocumentService
from services.legal.evidence import verify_evidence
from tests.services.legal.conftest import TERMS, SetClock, version

# the database itself keeps what its own clock says is in force
LATER = datetime(2999, 1, 1, tzinfo=UTC)


async def entries(database: Database) -> list[tuple[str, str]]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT action, subject FROM audit_entries ORDER BY position")
    return [(row["action"], row["subject"]) for row in rows]


async def test_publishing_again_changes_nothing(
    publications: PublicationService, database: Database
) -> None:
    texts = [version(), version(slug="cookies")]
    results = await asyncio.gather(*(publications.publish_versions(texts) for _ in range(8)))
    assert sorted(map(len, results)) == [0] * 7 + [2]
    assert await publications.publish_versions(texts) == []
    assert await entries(database) == [
        ("document-published", f"{TERMS}/v1"),
        ("document-published", "cookies/v1"),
    ]


def retitled() -> DocumentVersion:
    changed = version()
    text = replace(changed.texts["en"], title="Other rules")
    return replace(changed, texts={**changed.texts, "en": text})


@pytest.mark.promise("LEG-03", "LEG-04")
@pytest.mark.parametrize(
    ("changed", "file"),
    [
        (version(words="Autre chose."), f"legal/{TERMS}/v1.en.md"),
        (retitled(), f"legal/{TERMS}/v1.en.md"),
        (version(change="editorial"), f"legal/{TERMS}/v1.fr.md"),
        (version(effective_from=LATER), f"legal/{TERMS}/v1.fr.md"),
    ],
)
async def test_it_refuses_to_change_a_version_in_force(
    documents: DocumentService,
    publications: PublicationService,
    published: object,
    changed: DocumentVersion,
    file: str,
) -> None:
    offered = [changed, version(slug="accessibilite")]
    with pytest.raises(PublicationRefused) as refusal:
        await publications.publish_versions(offered)
    assert len(refusal.value.faults) == 1
    assert refusal.value.faults[0].startswith(f"{file}: version 1 is in force since 2026-01-01")
    # all, or nothing
    assert [one.slug for one in (await documents.list_documents("fr")).documents] == [
        TERMS,
        "cookies",
    ]


@pytest.mark.promise("LEG-03")
async def test_a_version_not_in_force_yet_may_be_corrected(
    documents: DocumentService,
    publications: PublicationService,
    database: Database,
    clock: SetClock,
    checker: SignatureChecker,
) -> None:
    await publications.publish_versions([version(1), version(2, LATER, words="Coquille.")])
    corrected = version(2, LATER + timedelta(days=1), words="Correction.")
    assert await publications.publish_versions([version(1), corrected]) == [f"{TERMS}/v2"]
    clock.instant = LATER + timedelta(days=1)
    page = await documents.read_document(TERMS, "fr")
    assert "Correction." in page.html
    assert (await verify_evidence(database, checker)).faults == []
    with pytest.raises(PublicationRefused):
        await publications.publish_versions(
            [version(2, LATER + timedelta(days=1), words="Trop tard")]
        )


async def test_it_refuses_dates_that_go_backwards(publications: PublicationService) -> None:
    with pytest.raises(PublicationRefused, match="not after the lower version 1"):
        await publications.publish_versions([version(1, LATER), version(2)])
