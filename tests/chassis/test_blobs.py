"""chassis.blobs on a real folder"""

from pathlib import Path

import pytest

from chassis.blobs import BlobMissing, BlobsAway, BlobStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "avec un espace" / "été"


@pytest.fixture
def store(folder: Path) -> BlobStore:
    return BlobStore.open(folder.as_uri())


async def test_it_keeps_replaces_and_forgets(store: BlobStore, folder: Path) -> None:
    await store.put("documents/a/b", b"one")
    assert (folder / "documents/a/b").read_bytes() == b"one"
    await store.put("documents/a/b", b"two" * 100_000)
    assert await store.get("documents/a/b") == b"two" * 100_000
    await store.delete("documents/a/b")
    await store.delete("documents/a/b")
    with pytest.raises(BlobMissing):
        await store.get("documents/a/b")


@pytest.mark.promise("REQ-04")
async def test_a_blob_is_on_the_disk_before_it_is_said_to_be_kept(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr("chassis.blobs.os.fsync", synced.append)
    await store.put("documents/a/c", b"one")
    assert len(synced) == 2, "the file and its folder"


async def test_it_tells_when_it_cannot_keep(store: BlobStore, folder: Path) -> None:
    (folder / "documents").write_text("a file where a folder must be")
    with pytest.raises(BlobsAway):
        await store.put("documents/a", b"one")


async def test_a_key_never_leaves_the_folder(store: BlobStore, folder: Path) -> None:
    with pytest.raises(ValueError, match=r"\.\."):
        await store.put("../outside", b"one")
    assert not (folder.parent / "outside").exists()
