"""chassis.health: what operators and other services are told"""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from chassis.clock import Clock
from chassis.health import Health


async def up() -> Mapping[str, Any]:
    return {"connections": 3}


async def broken() -> Mapping[str, Any]:
    raise ConnectionRefusedError("redis://:s3cret@10.0.0.1")


async def silent() -> Mapping[str, Any]:
    await asyncio.sleep(60)
    return {}


@pytest.mark.promise("AVA-04")
async def test_it_tells_version_age_and_every_check() -> None:
    health = Health("legal", Clock(), essential={"database": up}, others={"redis": broken})
    detail = await health.detail()
    assert detail["service"] == "legal"
    assert detail["status"] == "degraded"
    assert detail["phase"] == "serving"
    assert detail["version"]
    assert detail["age_seconds"] == 0
    assert detail["checks"]["database"]["connections"] == 3
    assert detail["checks"]["redis"] == {"status": "down", "reason": "ConnectionRefusedError"}
    assert await health.is_ready()


@pytest.mark.promise("AVA-04")
async def test_it_is_not_ready_without_what_is_essential(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.health.CHECK_SECONDS", 0.05)
    health = Health("legal", Clock(), essential={"database": silent})
    detail = await health.detail()
    assert detail["status"] == "down"
    assert detail["checks"]["database"]["reason"] == "no answer within 0.05 s"
    assert not await health.is_ready()


@pytest.mark.parametrize("phase", ["starting", "draining"])
async def test_it_is_not_ready_before_it_serves_nor_once_asked_to_stop(phase: str) -> None:
    health = Health("legal", Clock(), essential={"database": up})
    setattr(health, phase, True)
    detail = await health.detail()
    assert (detail["phase"], detail["status"]) == (phase, "down")
    assert not await health.is_ready()


async def test_being_ready_asks_no_other_service() -> None:
    asked = []

    async def other() -> Mapping[str, Any]:
        asked.append(1)
        return {}

    await Health("legal", Clock(), others={"identity": other}).is_ready()
    assert asked == []
