"""Settings of the régies of a local stack, so that payments can be tried at once."""

from chassis.clock import Clock
from chassis.database import Database
from services.procedures.catalogue.service import CatalogueService
from services.procedures.payments.model import Mode
from services.procedures.payments.regie import MAXIMUM_CENTS, MINIMUM_CENTS, RegieSettings
from services.procedures.payments.regie_repository import RegieRepository

# clients that the simulated DGFiP knows
NUMBERS = ("006382", "090009", "000777")


async def seed_demo_regies(database: Database, catalogue: CatalogueService, clock: Clock) -> int:
    """Give test settings to each régie that has none; return how many were given."""
    shown = (await catalogue.read_catalogue()).shown
    names = sorted({found.service for found in shown if found.payment or found.fee})
    given, regies = 0, RegieRepository()
    async with database.transaction() as connection:
        for number, name in enumerate(names):
            if await regies.find_regie(connection, name) is None:
                numcli = NUMBERS[number % len(NUMBERS)]
                await regies.upsert_regie(connection, _settings(name, numcli, clock))
                given += 1
    return given


def _settings(name: str, numcli: str, clock: Clock) -> RegieSettings:
    return RegieSettings(
        id=name,
        numcli=numcli,
        mode=Mode.WEB_SERVICE,
        saisie="T",
        account="Compte de démonstration",
        minimum_cents=MINIMUM_CENTS,
        maximum_cents=MAXIMUM_CENTS,
        active=True,
        changed_at=clock.now(),
    )
