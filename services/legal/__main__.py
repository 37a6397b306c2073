"""Commands of the legal service: `python -m services.legal <command>`."""

import sys
from pathlib import Path

from chassis.application import serve
from chassis.clock import Clock
from chassis.commands import run_command
from chassis.database import Database
from chassis.logs import configure_logs
from chassis.migrations import migrate
from chassis.settings import read_settings
from services.legal.app import SERVICE, build_app
from services.legal.documents.authority_texts import load_versions
from services.legal.documents.model import PublicationRefused
from services.legal.documents.service import DocumentService
from services.legal.evidence import verify_evidence
from services.legal.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"


def _settings() -> Settings:
    settings = read_settings(Settings.read)
    configure_logs(SERVICE, settings.process.log_format)
    return settings


async def serve_command() -> None:
    """Answer requests until told to stop."""
    settings = _settings()
    await serve(build_app(settings), settings.process)


async def migrate_command() -> None:
    """Bring the database's schema up to date."""
    await migrate(_settings().database_url, MIGRATIONS, audit=True)


async def seed_command() -> int:
    """Publish the authority's texts that are new; exit code 1 when one may not be published."""
    settings = _settings()
    database = await Database.open(settings.database_url, size=1)
    try:
        versions = load_versions(settings.authority_folder)
        published = await DocumentService(database, Clock()).publish_versions(versions)
    except PublicationRefused as error:
        for fault in error.faults:
            print(f"services.legal: {fault}", file=sys.stderr)
        return 1
    finally:
        await database.close()
    print(f"services.legal: {len(published)} text(s) published, {len(versions)} in all")
    return 0


async def verify_audit_command() -> int:
    """Print the trail's length, head and faults; exit code 1 when there is a fault."""
    database = await Database.open(_settings().database_url, size=1)
    try:
        report = await verify_evidence(database)
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
        "migrate": migrate_command,
        "seed": seed_command,
        "verify-audit": verify_audit_command,
    }
    sys.exit(run_command("services.legal", commands))
