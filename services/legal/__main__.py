"""Commands of the legal service: `python -m services.legal <command>`."""

import json
import sys
from pathlib import Path

from chassis.application import serve
from chassis.caller import SignatureChecker, load_public_keys
from chassis.clock import Clock
from chassis.commands import run_command
from chassis.database import Database
from chassis.jobs import requeue_jobs_of
from chassis.logs import configure_logs
from chassis.migrations import migrate
from chassis.settings import SettingsFault, read_settings
from services.legal.app import SERVICE, build_app, open_parts
from services.legal.documents.authority_texts import load_versions
from services.legal.documents.model import PublicationRefused
from services.legal.evidence import verify_evidence
from services.legal.heads.handlers import head_view
from services.legal.heads.kept_copy import CopyUnreadable, read_kept_heads
from services.legal.heads.model import PROOF_AUDIENCE
from services.legal.settings import Settings
from services.legal.worker import work

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
    """Run the durable jobs and the rounds until told to stop."""
    await work(_settings())


async def migrate_command() -> None:
    """Bring the database's schema up to date."""
    await migrate(_settings().database_url, MIGRATIONS, jobs=True, audit=True)


async def seed_command() -> int:
    """Publish the authority's texts that are new; exit code 1 when one may not be published."""
    settings = _settings()
    try:
        versions = load_versions(settings.authority_folder)
        async with open_parts(settings, Clock()) as parts:
            published = await parts.publications.publish_versions(versions)
    except PublicationRefused as error:
        for fault in error.faults:
            print(f"services.legal: {fault}", file=sys.stderr)
        return 1
    print(f"services.legal: {len(published)} text(s) published, {len(versions)} in all")
    return 0


async def publish_head_command() -> None:
    """Publish the trail's head of today unless it is, and print it as JSON."""
    async with open_parts(_settings(), Clock()) as parts:
        published, _new = await parts.heads.publish_head()
    print(json.dumps(head_view(published)))


async def verify_audit_command() -> int:
    """Print the trail's length, head and faults; exit code 1 when there is a fault."""
    settings = _settings()
    keys = load_public_keys(settings.process.public_keys_folder)
    checker = SignatureChecker(PROOF_AUDIENCE, keys, Clock())
    file = settings.known_heads_file
    try:
        kept = read_kept_heads(file) if file is not None else []
    except CopyUnreadable as error:
        raise SettingsFault([f"KNOWN_HEADS_FILE: {error}"]) from None
    database = await Database.open(settings.database_url, size=1)
    try:
        report = await verify_evidence(database, checker, kept)
    finally:
        await database.close()
    print(f"entries {report.entries}")
    print(f"head {report.head}")
    for fault in report.faults:
        print(f"fault at {fault.position}: {fault.reason}")
    return 1 if report.faults else 0


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
        "publish-head": publish_head_command,
        "verify-audit": verify_audit_command,
    }
    sys.exit(run_command("services.legal", commands))
