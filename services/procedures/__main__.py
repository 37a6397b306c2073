"""Commands of the procedures service: `python -m services.procedures <command>`."""

import sys
from pathlib import Path

from environs import Env

from authority.profile import default_folder, load_profile
from chassis.application import serve
from chassis.clock import Clock
from chassis.commands import run_command
from chassis.database import Database
from chassis.jobs import requeue_jobs_of
from chassis.logs import configure_logs
from chassis.migrations import migrate
from chassis.settings import read_settings
from services.procedures.app import SERVICE, build_app
from services.procedures.catalogue.definition_files import check_command
from services.procedures.catalogue.service import CatalogueService
from services.procedures.payments.demo import seed_demo_regies
from services.procedures.payments.regie import PRODUCTION
from services.procedures.settings import Settings
from services.procedures.worker import work

MIGRATIONS = Path(__file__).parent / "migrations"


def _settings() -> Settings:
    settings = read_settings(Settings.read)
    configure_logs(SERVICE, settings.process.log_format, settings.process.log_level)
    return settings


async def serve_command() -> None:
    """Answer requests until told to stop."""
    settings = _settings()
    await serve(build_app(settings), settings.process)


async def work_command() -> None:
    """Run the durable jobs until told to stop."""
    await work(_settings())


async def migrate_command() -> None:
    """Bring the database's schema up to date."""
    await migrate(_settings().database_url, MIGRATIONS, jobs=True, audit=True)


async def seed_command() -> None:
    """Load the authority's procedures, each change as a new version."""
    settings = _settings()
    database = await Database.open(settings.database_url)
    try:
        profile = load_profile(settings.authority_folder)
        catalogue = CatalogueService(database, profile, Clock())
        await catalogue.load_definitions(settings.authority_folder)
        if settings.process.environment != PRODUCTION:
            await seed_demo_regies(database, catalogue, Clock())
    finally:
        await database.close()


async def check() -> int:
    """Check the authority's procedures; needs no database."""
    return check_command(Env().path("PARVIS_AUTHORITY_FOLDER", default_folder()))


async def requeue() -> None:
    """Ask again for the jobs that were given up, and print how many there were."""
    print(f"asked again: {await requeue_jobs_of(_settings().database_url)}")


if __name__ == "__main__":
    commands = {
        "serve": serve_command,
        "work": work_command,
        "requeue": requeue,
        "migrate": migrate_command,
        "seed": seed_command,
        "check": check,
    }
    sys.exit(run_command("services.procedures", commands))
