"""The processes of Parvis, as data: command, environment, order."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deploy.local.databases import address
from deploy.local.ports import HOST
from deploy.local.probes import health_probe
from deploy.local.process import ProcessSpec
from deploy.local.settings import REPOSITORY, Settings

SERVICES = ("legal", "identity", "procedures")
DATABASES = tuple(f"parvis_{service}" for service in SERVICES)
# reached when PostgreSQL and Redis answer and every database is there
SERVERS = "servers"


@dataclass(frozen=True)
class Surroundings:
    """What the processes are built from; `database_url` is the administrator's."""

    settings: Settings
    secrets: Mapping[str, str]
    database_url: str
    redis_url: str

    def url(self, port_name: str) -> str:
        """Return the address of a process of this stack."""
        return f"http://{HOST}:{self.settings.ports[port_name]}"


Table = Callable[[Surroundings], list[ProcessSpec]]


def parvis_table(around: Surroundings) -> list[ProcessSpec]:
    """Return every process but PostgreSQL and Redis, and the tasks that precede them."""
    tasks = [task for service in SERVICES for task in _preparation(around, service)]
    services = [_service(around, service) for service in SERVICES]
    return [_mailbox(around), *tasks, *services, _worker(around), _gateway(around)]


def _preparation(around: Surroundings, service: str) -> list[ProcessSpec]:
    """Return the tasks that bring the schema up to date, then load the demo authority."""
    migrate, seed = f"{service}-migrate", f"{service}-seed"
    environment = _service_environment(around, service)
    module = f"services.{service}"
    return [
        _python(migrate, module, "migrate", environment, once=True, after=(SERVERS,)),
        _python(seed, module, "seed", environment, once=True, after=(migrate,)),
    ]


def _service(around: Surroundings, service: str) -> ProcessSpec:
    environment = {
        **_service_environment(around, service),
        **_listening(around, service, f"{service}-operations"),
    }
    return _python(
        service,
        f"services.{service}",
        "serve",
        environment,
        operations=around.settings.ports[f"{service}-operations"],
        after=(f"{service}-seed",),
        stage=2,
    )


def _worker(around: Surroundings) -> ProcessSpec:
    environment = {
        **_service_environment(around, "procedures"),
        **_listening(around, None, "worker-operations"),
    }
    return _python(
        "procedures-worker",
        "services.procedures",
        "work",
        environment,
        operations=around.settings.ports["worker-operations"],
        after=("procedures-seed", "mailbox"),
        stage=2,
    )


def _gateway(around: Surroundings) -> ProcessSpec:
    environment = {
        **_shared_environment(around, "gateway"),
        **_listening(around, "gateway", "gateway-operations"),
        **{f"PARVIS_{service.upper()}_URL": around.url(service) for service in SERVICES},
    }
    return _python(
        "gateway",
        "gateway",
        "serve",
        environment,
        operations=around.settings.ports["gateway-operations"],
        after=(SERVERS,),
        stage=3,
    )


def _mailbox(around: Surroundings) -> ProcessSpec:
    ports = around.settings.ports
    environment = {
        "PARVIS_HOST": HOST,
        "PARVIS_PORT": str(ports["mailbox"]),
        "PARVIS_SMTP_PORT": str(ports["smtp"]),
        "PARVIS_MAILBOX_FOLDER": str(around.settings.folder / "mailbox"),
    }
    module = "deploy.simulators.mailbox"
    return _python("mailbox", module, None, environment, operations=ports["mailbox"], stage=1)


def _python(
    name: str,
    module: str,
    command: str | None,
    environment: Mapping[str, str],
    *,
    operations: int | None = None,
    once: bool = False,
    after: tuple[str, ...] = (),
    stage: int = 2,
) -> ProcessSpec:
    return ProcessSpec(
        name=name,
        command=(sys.executable, "-m", module, *([command] if command else [])),
        environment=environment,
        folder=REPOSITORY,
        ready=health_probe(operations) if operations else None,
        once=once,
        after=after,
        stage=stage,
    )


def _listening(around: Surroundings, port: str | None, operations: str) -> dict[str, str]:
    ports = around.settings.ports
    own = {"PARVIS_PORT": str(ports[port])} if port else {}
    return {**own, "PARVIS_OPERATIONS_PORT": str(ports[operations])}


def _shared_environment(around: Surroundings, signer: str) -> dict[str, str]:
    folder = around.settings.folder
    return {
        "PARVIS_ENVIRONMENT": "local",
        "PARVIS_HOST": HOST,
        "PARVIS_LOG_FORMAT": "console",
        "PARVIS_PRIVATE_KEY_FILE": str(folder / "keys" / f"{signer}.pem"),
        "PARVIS_PUBLIC_KEYS_FOLDER": str(folder / "keys" / "public"),
        "PARVIS_REDIS_URL": around.redis_url,
        "PARVIS_PUBLIC_URL": around.url("gateway"),
    }


def _service_environment(around: Surroundings, service: str) -> dict[str, str]:
    database = f"parvis_{service}"
    password = around.secrets[database]
    own: dict[str, dict[str, str]] = {
        "identity": {
            "PARVIS_DEMO_SIGN_INS_FILE": str(around.settings.folder / "demo-sign-ins.json")
        },
        "procedures": {
            "PARVIS_BLOBS_URL": (around.settings.folder / "blobs").as_uri(),
            "PARVIS_MASTER_KEY": around.secrets["master_key"],
            "PARVIS_TRACKING_KEY": around.secrets["tracking_key"],
            "PARVIS_SMTP_URL": f"smtp://{HOST}:{around.settings.ports['smtp']}",
            "PARVIS_MAIL_FROM": "ne-pas-repondre@parvis.example",
        },
    }
    return {
        **_shared_environment(around, service),
        "PARVIS_DATABASE_URL": address(around.database_url, database, password),
        **own.get(service, {}),
    }
