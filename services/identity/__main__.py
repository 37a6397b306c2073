"""Commands of the identity service: `python -m services.identity <command>`."""

import sys
from pathlib import Path

from chassis.application import serve
from chassis.audit import verify_audit
from chassis.clock import Clock
from chassis.commands import run_command
from chassis.database import Database
from chassis.jobs import requeue_jobs_of
from chassis.logs import configure_logs
from chassis.migrations import migrate
from chassis.settings import read_settings
from services.identity.app import SERVICE, build_app
from services.identity.assembly import open_parts
from services.identity.demo import seed_demo
from services.identity.keys.service import KeyService
from services.identity.settings import Settings
from services.identity.worker import work

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


async def rotate_command() -> None:
    """Wrap every key under PARVIS_MASTER_KEY; PARVIS_FORMER_MASTER_KEY opens the others."""
    async with open_parts(_settings(), Clock()) as parts:
        service = KeyService(parts.database, parts.base.keyring)
        changed = await service.rotate(parts.base.seal)
    print(f"services.identity: {changed} keys wrapped anew")


async def requeue() -> None:
    """Ask again for the jobs that were given up, and print how many there were."""
    print(f"asked again: {await requeue_jobs_of(_settings().database_url)}")


async def expire_command() -> None:
    """Erase and warn what is due now; the worker does the same each hour."""
    async with open_parts(_settings(), Clock()) as parts:
        await parts.copies.expire()
        done = await parts.erasures.expire()
    print("services.identity: " + ", ".join(f"{count} {name}" for name, count in done.items()))


async def replay_command() -> None:
    """Erase again what a restored backup gave back; run it before anything else is started."""
    async with open_parts(_settings(), Clock()) as parts:
        count = await parts.erasures.replay()
    print(f"services.identity: {count} accounts erased again")


async def migrate_command() -> None:
    """Bring the database's schema up to date."""
    await migrate(_settings().database_url, MIGRATIONS, jobs=True, audit=True)


async def seed_command() -> None:
    """Make the demo accounts, where a file for their passwords is set; nothing otherwise."""
    settings = _settings()
    if settings.demo_sign_ins_file is None:
        print("services.identity: no demo account: PARVIS_DEMO_SIGN_INS_FILE is not set")
        return
    async with open_parts(settings, Clock()) as parts:
        count = await seed_demo(parts, settings.demo_sign_ins_file)
    print(f"services.identity: {count} demo accounts, see {settings.demo_sign_ins_file}")


async def verify_audit_command() -> int:
    """Print the trail's length, head and faults; exit code 1 when there is a fault."""
    database = await Database.open(_settings().database_url, size=1)
    try:
        async with database.connection() as connection:
            report = await verify_audit(connection)
    finally:
        await database.close()
    print(f"entries {report.entries}")
    print(f"head {report.head}")
    for fault in report.faults:
        print(f"fault at {fault.position}: {fault.reason}")
    return 1 if report.faults else 0


if __name__ == "__main__":
    commands = {
        "serve": serve_command,
        "work": work_command,
        "requeue": requeue,
        "migrate": migrate_command,
        "rotate-master-key": rotate_command,
        "expire-accounts": expire_command,
        "replay-erasures": replay_command,
        "seed": seed_command,
        "verify-audit": verify_audit_command,
    }
    sys.exit(run_command("services.identity", commands))
