"""Documents are given back to their owner only, and never run in a browser (REQ-02, SEC-02)."""

from pathlib import Path

import pytest

from tests.services.procedures.portal import Portal, pdf


async def test_a_download_is_never_shown_by_the_browser(portal: Portal) -> None:
    draft = await portal.start()
    view = await (await portal.upload(draft, pdf(), "relevé d’été.pdf")).json()
    path = f"{draft.path}/documents/{view['id']}"
    response = await portal.call("GET", path, key=draft.key)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="relev')
    assert "filename*=UTF-8''relev%C3%A9%20d%E2%80%99%C3%A9t%C3%A9.pdf" in disposition


@pytest.mark.promise("SEC-02")
async def test_nobody_reads_the_document_of_another(portal: Portal) -> None:
    mine, other = await portal.start(), await portal.start()
    view = await (await portal.upload(mine, pdf())).json()
    tries = [
        await portal.call("GET", f"{mine.path}/documents/{view['id']}", key=other.key),
        await portal.call("GET", f"{other.path}/documents/{view['id']}", key=other.key),
        await portal.call("GET", f"{mine.path}/documents/{view['id']}"),
        await portal.call("DELETE", f"{mine.path}/documents/{view['id']}", key=other.key),
        await portal.upload(type(mine)(mine.id, other.key), pdf(2)),
    ]
    assert [response.status for response in tries] == [404] * 5
    untouched = await portal.call("DELETE", f"{other.path}/documents/{view['id']}", key=other.key)
    assert untouched.status == 204
    assert len((await portal.view(mine))["documents"]) == 1


async def test_removing_twice_is_no_error_and_leaves_no_bytes(
    portal: Portal, tmp_path: Path
) -> None:
    draft = await portal.start()
    view = await (await portal.upload(draft, pdf())).json()
    path = f"{draft.path}/documents/{view['id']}"
    statuses = [(await portal.call("DELETE", path, key=draft.key)).status for _ in range(2)]
    assert statuses == [204, 204]
    assert (await portal.call("GET", path, key=draft.key)).status == 404
    assert not [found for found in (tmp_path / "blobs").rglob("*") if found.is_file()]


async def test_the_documents_of_a_filed_request_no_longer_change(portal: Portal) -> None:
    draft, view = await portal.filed()
    joined = view["documents"][0]["id"]
    removed = await portal.call("DELETE", f"{draft.path}/documents/{joined}", key=draft.key)
    added = await portal.upload(draft, pdf(2))
    assert (removed.status, added.status) == (409, 409)
    read = await portal.call("GET", f"{draft.path}/documents/{joined}", key=draft.key)
    assert await read.read() == pdf()


@pytest.mark.promise("DAT-05")
async def test_the_bytes_are_sealed_in_the_store(portal: Portal, tmp_path: Path) -> None:
    draft = await portal.start()
    await portal.upload(draft, pdf())
    stored = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert len(stored) == 1
    assert b"%PDF" not in stored[0].read_bytes()


async def test_an_altered_blob_is_not_given_out(portal: Portal, tmp_path: Path) -> None:
    draft = await portal.start()
    view = await (await portal.upload(draft, pdf())).json()
    stored = next(path for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    content = bytearray(stored.read_bytes())
    content[40] ^= 1
    stored.write_bytes(content)
    response = await portal.call("GET", f"{draft.path}/documents/{view['id']}", key=draft.key)
    assert response.status == 500
    assert b"%PDF" not in await response.read()
