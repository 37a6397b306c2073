"""A process of the service that is killed between two lines, again and again.

`python -m tests.services.procedures.accidents.mortal file|acknowledge` reads JSON lines
`{"request": id, "key": access key, "declaration": hash, "now": instant}`. For each, a copy of the
process (made by fork: nothing is imported anew) does the work until the first point where none was
killed before, and kills itself there. What is answered is that point, or null once the work was
done without meeting any new one.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.clock import Clock, hash_secret
from chassis.database import Database
from chassis.logs import configure_logs
from chassis.mailer import Mailer
from chassis.settings import read_settings
from services.procedures.app import Parts, open_parts
from services.procedures.filing.service import Certification
from services.procedures.requests.model import Access
from services.procedures.settings import Settings
from tests.services.procedures.accidents.lines import Point, Strikes

# these read and compute in memory: errors on each of their lines are the other test's
WITHOUT = ("authority/", "procedures/catalogue/", "procedures/forms/")
Order = Mapping[str, str]


class StandingClock(Clock):
    """The clock of the test that gave the order."""

    def __init__(self) -> None:
        self.instant = super().now()

    def now(self) -> datetime:
        return self.instant


async def file(parts: Parts, order: Order) -> None:
    access = Access(hash_secret(order["key"]))
    certification = Certification(True, order["declaration"], "fr")
    filed = await parts.filing.file_request(UUID(order["request"]), access, certification)
    # it may also die after the commit, while the answer is made
    await parts.requests.open_request(filed.id, access)


async def acknowledge(parts: Parts, order: Order) -> None:
    settings = read_settings(Settings.read)
    mailer = Mailer(settings.smtp_url, settings.mail_from, parts.requests.clock)
    await parts.acknowledgements.send(UUID(order["request"]), mailer, settings.public_url)


Work = Callable[[Parts, Order], Coroutine[Any, Any, None]]
WORKS: Mapping[str, Work] = {"file": file, "acknowledge": acknowledge}


async def prepare(clock: Clock) -> Parts:
    """Build the use cases and read the catalogue; each copy opens a database of its own."""
    async with open_parts(read_settings(Settings.read), clock) as parts:
        await parts.catalogue.read_catalogue()
        return parts


async def live(parts: Parts, work: Work, order: Order, strikes: Strikes) -> None:
    database = await Database.open(read_settings(Settings.read).database_url)
    parts.database.__dict__.update(vars(database))
    with strikes.armed():
        await work(parts, order)


def die(parts: Parts, work: Work, order: Order, struck: set[Point]) -> Point | None:
    """Let a copy of this process do the work, and return where it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:

        def strike(point: Point) -> None:
            os.write(writing, json.dumps(point).encode())
            os.kill(os.getpid(), signal.SIGKILL)

        strikes = Strikes(strike, WITHOUT, raises=False)
        strikes.struck = struck
        code = 1
        try:
            asyncio.run(live(parts, work, order, strikes))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == (-signal.SIGKILL if told else 0), status
    return tuple(json.loads(told)) if told else None


def main() -> None:
    configure_logs("procedures", "json", "warning")
    work, clock, struck = WORKS[sys.argv[1]], StandingClock(), set[Point]()
    parts = asyncio.run(prepare(clock))
    for line in sys.stdin:
        order = json.loads(line)
        clock.instant = datetime.fromisoformat(order["now"])
        point = die(parts, work, order, struck)
        if point is not None:
            struck.add(point)
        print(json.dumps(point), flush=True)


if __name__ == "__main__":
    main()
