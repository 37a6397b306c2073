"""Nothing personal in clear: markers planted everywhere, looked for in what others may read."""

import pytest
from prometheus_client import generate_latest

from chassis.caller import Person
from services.identity.accounts.model import Profile
from services.identity.accounts.service import NewAccount
from services.identity.assembly import Parts
from tests.services.identity.conftest import PASSWORD, Gateway, staff_member, step_up

MARK = "zqxmarqueur"
PLANTED = {
    "family_name": f"{MARK}nom",
    "city": f"{MARK}ville",
    "street_address": f"3 rue {MARK}",
    "phone": "0466025501",
}
NEVER = (MARK, "466025501", "192.0.2.77", PASSWORD, "cantine-secrete")


async def plant(gateway: Gateway, parts: Parts) -> None:
    """Do everything that takes a personal datum, in every table, job, log and counter."""
    profile = Profile(f"{MARK}.id", "", f"{MARK}@courriel.example")
    async with parts.database.transaction() as connection:
        account = await parts.accounts.open_account(connection, NewAccount(profile))
        await parts.passwords.set_password(connection, account.id, PASSWORD)
    person, path = Person(str(account.id)), f"/accounts/{account.id}"
    await gateway.sign_in(f"{MARK}.id", "wrong", "192.0.2.77")
    await gateway.sign_in(f"{MARK}.id", PASSWORD, "192.0.2.77")
    await gateway.call("PATCH", f"{path}/profile", {"fields": PLANTED}, person)
    await gateway.call("PUT", f"{path}/favourites/cantine-secrete", None, person)
    body = {"right": "access", "text": f"{MARK} demande"}
    await gateway.call("POST", f"{path}/rights-requests", body, person)
    body = {"email": f"{MARK}2@courriel.example", "step_up": await step_up(gateway, person)}
    await gateway.call("POST", f"{path}/email-changes", body, person)
    for lost in ("password", "identifier"):
        await gateway.call("POST", "/recoveries", {"lost": lost, "typed": f"{MARK}.id"})
    registration = {
        "identifier": f"{MARK}.autre",
        "password": "Trois cafés & 1 thé",
        "email": f"{MARK}3@courriel.example",
        "key": "a-key-of-the-form-1234",
    }
    assert (await gateway.call("POST", "/registrations", registration))[0] == 201
    identity = {
        "provider": "franceconnect",
        "issuer": "https://fc.example",
        "subject": f"{MARK}sub",
        "claims": {"family_name": f"{MARK}FC", "email": f"{MARK}4@courriel.example"},
    }
    _, offered = await gateway.call("POST", "/federated-sign-ins", identity)
    proof = {"identifier": f"{MARK}.id", "password": PASSWORD, "token": offered["choice"]["token"]}
    assert (await gateway.call("POST", "/federated-sign-ins/proofs", proof))[0] == 200
    boss = await staff_member(parts, "adele", "administrator")
    reason = {"reason": f"Motif {MARK}"}
    suspension = f"/staff/accounts/{account.id}/suspension"
    assert (await gateway.call("POST", suspension, reason, boss))[0] == 204
    await gateway.call("POST", "/staff/account-searches", {"identifier": f"{MARK}.id"}, boss)


@pytest.mark.promise("DAT-05", "SEC-01")
async def test_no_marker_is_found_in_the_tables_redis_logs_and_metrics(
    gateway: Gateway, parts: Parts, capfd: pytest.CaptureFixture[str]
) -> None:
    await plant(gateway, parts)
    found = {"tables": await tables(parts), "redis": await redis(parts)}
    out, err = capfd.readouterr()
    found |= {"logs": out + err, "metrics": generate_latest().decode()}
    assert found["logs"].count("answered") > 5
    assert len(found["tables"]) > 5000
    assert "sign-ins:" in found["redis"]
    for place, text in found.items():
        for marker in NEVER:
            assert marker not in text, (place, marker)


async def tables(parts: Parts) -> str:
    """Return every value of every table as a dump holds it, jobs that wait included."""
    lines = []
    async with parts.database.connection() as connection:
        names = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        for row in names:
            for values in await connection.fetch(f'SELECT * FROM "{row["tablename"]}"'):
                for value in values.values():
                    shown = value if isinstance(value, bytes) else str(value).encode()
                    lines.append(shown.decode("utf-8", "replace"))
    return "\n".join(lines)


async def redis(parts: Parts) -> str:
    """Return every key and value of Redis."""
    client, lines = parts.base.redis, []
    for key in await client.keys("*"):
        kind = await client.type(key)
        value = await (client.hgetall(key) if kind == b"hash" else client.get(key))
        lines.append(f"{key!r} {value!r}")
    return "\n".join(lines)


async def test_the_markers_would_be_seen(gateway: Gateway, parts: Parts) -> None:
    """The search itself works: a datum written in clear is found."""
    async with parts.database.transaction() as connection:
        await connection.execute("CREATE TABLE leak AS SELECT $1::text AS datum", MARK)
    assert MARK in await tables(parts)
