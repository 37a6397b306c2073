"""Known or unknown: the times are not told apart, and the work is the same (ACC-09, ASVS 6.3.8).

A stated test: 500 tries, half of each kind, in alternation, so that what the machine does falls on
both. The ranks of the times are compared (Mann-Whitney): the chance that a try for a known account
takes longer than one for an unknown account must lie within 0.5 ± 0.08. With 250 of each, chance
alone moves it by 0.026 (one standard deviation): the bound is three of them. One check more or less
(an argon2 hash, a query) moves it to 0.9 or beyond.
"""

import time
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from services.identity.assembly import Parts
from tests.services.identity.conftest import CAMILLE, Gateway

TRIES = 250
BOUND = 0.08

Try = Callable[[int], Awaitable[object]]


async def times(known: Try, unknown: Try) -> tuple[list[float], list[float]]:
    """Return the seconds of TRIES tries of each kind, in alternation, the first one left out."""
    found: tuple[list[float], list[float]] = ([], [])
    await known(-1)
    await unknown(-1)
    for number in range(TRIES):
        order = (0, 1) if number % 2 else (1, 0)
        for kind in order:
            began = time.perf_counter()
            await (known, unknown)[kind](number)
            found[kind].append(time.perf_counter() - began)
    return found


def longer(left: list[float], right: list[float]) -> float:
    """Return the chance that one of `left` is longer than one of `right`."""
    ranked = sorted([(value, 1) for value in left] + [(value, 0) for value in right])
    ranks = sum(rank for rank, (_, mine) in enumerate(ranked, 1) if mine)
    return (ranks - len(left) * (len(left) + 1) / 2) / (len(left) * len(right))


def test_the_measure_tells_a_difference() -> None:
    same = [1.0 + number / 1000 for number in range(100)]
    assert abs(longer(same, same[:]) - 0.5) < 0.01
    assert longer([value + 1 for value in same], same) == 1.0


@pytest.mark.promise("ACC-09", "SEC-01")
async def test_a_recovery_takes_as_long_for_an_unknown_account(
    gateway: Gateway, camille: UUID
) -> None:
    async def ask(typed: str) -> None:
        await gateway.call("POST", "/recoveries", {"lost": "password", "typed": typed})

    known, unknown = await times(lambda _: ask("camille.durand"), lambda _: ask("camille.dupont"))
    assert abs(longer(known, unknown) - 0.5) < BOUND


@pytest.mark.timeout(400)
@pytest.mark.promise("ACC-09", "SEC-01")
async def test_a_sign_in_takes_as_long_for_an_unknown_account(
    gateway: Gateway, parts: Parts, camille: UUID
) -> None:
    async def sign_in(identifier: str) -> None:
        # what is measured is the check, not the delay after failures, which is the same for both
        await parts.base.redis.flushdb()
        response = await gateway.sign_in(identifier, "Pas le bon, 1 fois")
        assert response.status == 401

    known, unknown = await times(
        lambda _: sign_in(CAMILLE.identifier), lambda _: sign_in("camille.dupont")
    )
    assert abs(longer(known, unknown) - 0.5) < BOUND


@pytest.mark.timeout(400)
@pytest.mark.promise("ACC-09", "SEC-01")
async def test_a_registration_takes_as_long_for_an_unknown_e_mail(
    gateway: Gateway, camille: UUID
) -> None:
    async def register(identifier: str, email: str) -> None:
        body = {
            "identifier": identifier,
            "password": "Trois cafés & 1 thé",
            "email": email,
            "key": f"a-key-of-the-form-{identifier}",
        }
        assert (await gateway.call("POST", "/registrations", body))[0] == 201

    known, unknown = await times(
        lambda number: register(f"connu{number + 2}x", CAMILLE.email),
        lambda number: register(f"inconnu{number + 2}x", f"autre{number}@courriel.example"),
    )
    assert abs(longer(known, unknown) - 0.5) < BOUND
