"""A process that follows payments until it is killed: `follower.py <database> <address>`."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from authority.profile import default_folder, load_profile
from chassis.caller import SignatureChecker
from chassis.clock import Clock
from chassis.database import Database
from chassis.http_client import open_session
from services.procedures.catalogue.service import CatalogueService
from services.procedures.payments.assembly import PaymentKeys, build_payments
from services.procedures.requests.terms import TermsReceipts


async def follow(database_url: str, provider: str) -> None:
    clock = Clock()
    database = await Database.open(database_url)
    async with open_session() as session:
        catalogue = CatalogueService(database, load_profile(default_folder()), clock)
        receipts = TermsReceipts(SignatureChecker("procedures", {}, clock))
        keys = PaymentKeys("test", "http://127.0.0.1:8000", provider, bytes(32), bytes(32))
        payments = build_payments(database, catalogue, receipts, session, clock, keys)
        while True:
            payments.payfip.breaker.succeeded()
            if not await payments.following.follow_due():
                await asyncio.sleep(0.1)


asyncio.run(follow(*sys.argv[1:]))
