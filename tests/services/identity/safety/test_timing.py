"""Known or unknown: the times are not told apart, and the work is the same (ACC-09, ASVS 6.3.8).

A stated test: 500 tries of each kind, in alternation, so that what the machine does falls on both.
The times are compared in two ways, and told apart when either says so:

- by their ranks (Mann-Whitney): the chance that a try for a known account takes longer than one for
  an unknown account lies within 0.5 ± 0.065. Chance alone moves it by 0.018 (one standard
  deviation): the bound is three and a half of them. It sees one kind being slower.
- by their distributions (Kolmogorov-Smirnov): nowhere is the share of tries that took at most so
  long more than 0.13 apart; chance alone passes that once in two thousand. It sees another shape,
  as of a work that is done for some tries only.

One check more or less (an argon2 hash, a query) moves the first to 0.9 or beyond.
"""

import time
from bisect import bisect_right
from collections.abc import Awaitable, Callable
from random import Random
from uuid import UUID

import pytest

from services.identity.assembly import Parts
from tests.services.identity.conftest import CAMILLE, Gateway

TRIES = 500
RANKS, SHARES = 0.065, 0.13

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


def farthest(left: list[float], right: list[float]) -> float:
    """Return how far apart, at most, are the shares of each that took at most so long."""
    ordered = sorted(left), sorted(right)
    return max(
        abs(bisect_right(ordered[0], at) / len(left) - bisect_right(ordered[1], at) / len(right))
        for at in (*left, *right)
    )


def told_apart(left: list[float], right: list[float]) -> bool:
    """Say whether the two kinds of tries are told apart by their times."""
    return abs(longer(left, right) - 0.5) >= RANKS or farthest(left, right) >= SHARES


def test_the_measure_tells_a_difference() -> None:
    chance = Random(20261124)
    same = [[chance.gauss(20, 3) for _ in range(TRIES)] for _ in range(2)]
    assert not told_apart(*same)
    later = [value + 1 for value in same[0]]
    assert told_apart(later, same[1]), "a third of a standard deviation more"
    for_some = [value + (8 if one % 4 == 0 else -2.6) for one, value in enumerate(same[0])]
    assert abs(longer(for_some, same[1]) - 0.5) < 0.2
    assert told_apart(for_some, same[1]), "a work done for one try of four"
    assert longer(later, [value - 20 for value in same[1]]) == 1.0


@pytest.mark.promise("ACC-09", "SEC-01")
async def test_a_recovery_takes_as_long_for_an_unknown_account(
    gateway: Gateway, camille: UUID
) -> None:
    async def ask(typed: str) -> None:
        await gateway.call("POST", "/recoveries", {"lost": "password", "typed": typed})

    known, unknown = await times(lambda _: ask("camille.durand"), lambda _: ask("camille.dupont"))
    assert not told_apart(known, unknown)


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
    assert not told_apart(known, unknown)


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
    assert not told_apart(known, unknown)
