"""A flood of sign-ins: memory stays bounded, and other calls are served meanwhile (ASVS 2.4.1)."""

import asyncio
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from chassis.caller import Person
from services.identity.assembly import Parts
from services.identity.settings import Settings
from tests.services.identity.conftest import Gateway

FLOOD = 200
READS = 20
PAGE_KIB = 4
# what the process may take beside the hashes: 200 calls under way, on both sides
BESIDE_KIB = 64 * 1024


def resident_kib() -> int:
    """Return the memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_KIB


@pytest.mark.promise("SEC-01")
async def test_a_flood_takes_the_memory_of_two_hashes_and_leaves_the_rest_served(
    gateway: Gateway, parts: Parts, settings: Settings, camille: UUID
) -> None:
    person = Person(str(camille))
    await gateway.sign_in("nobody", "wrong", "198.51.100.1")
    before = resident_kib()
    flood = [
        asyncio.create_task(
            gateway.sign_in(f"nobody{number}", "wrong", f"10.0.{number // 250}.{number % 250}")
        )
        for number in range(FLOOD)
    ]
    served, most = 0, before
    while not all(task.done() for task in flood):
        status, _ = await gateway.call("GET", f"/accounts/{camille}", None, person)
        served += status == 200
        most = max(most, resident_kib())
    statuses = Counter(response.status for response in await asyncio.gather(*flood))
    hashing = settings.hashing
    # checked, told to come back, or refused while Redis has too much to count: never let in
    assert set(statuses) <= {401, 429, 503}
    assert statuses[401] >= hashing.workers
    assert statuses[429] > 0
    # reads are answered one after the other while the flood lasts
    assert served >= READS
    assert most - before < hashing.workers * hashing.memory_kib + BESIDE_KIB
