"""The sample partner answers, or is down, as a test says."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from deploy.simulators.partner.app import Partner, build_app


async def test_it_is_up_then_down_then_up() -> None:
    async with TestClient(TestServer(build_app(Partner()))) as client:
        for state, status in (("up", 200), ("down", 503), ("up", 200)):
            async with client.post("/api/state", json={"state": state}) as changed:
                assert changed.status == 204
            async with client.get("/") as page:
                assert page.status == status
        async with client.get("/api/state") as told:
            assert await told.json() == {"state": "up", "visits": 3}


@pytest.mark.parametrize("body", [[], {}, {"state": "gone"}])
async def test_it_knows_three_states(body: object) -> None:
    async with TestClient(TestServer(build_app(Partner()))) as client:
        async with client.post("/api/state", json=body) as refused:
            assert refused.status == 400
