"""The processes of Parvis, as data: command, environment, order."""

import sys
from collections.abc import Callable, Mapping

from deploy.local.environment import (
    SERVICES,
    Surroundings,
    gateway_environment,
    listening,
    mailbox_environment,
    service_environment,
    simulator_environment,
)
from deploy.local.probes import health_probe
from deploy.local.process import ProcessSpec
from deploy.local.settings import REPOSITORY

DATABASES = tuple(f"parvis_{service}" for service in SERVICES)
# the services that have durable jobs, each run by a worker of its own
WITH_JOBS = ("identity", "legal", "procedures")
# partner organisations played on this machine
SIMULATORS = ("dgfip", "partner", "franceconnect")
# reached when PostgreSQL and Redis answer and every database is there
SERVERS = "servers"

Table = Callable[[Surroundings], list[ProcessSpec]]


def parvis_table(around: Surroundings) -> list[ProcessSpec]:
    """Return every process but PostgreSQL and Redis, and the tasks that precede them."""
    tasks = [task for service in SERVICES for task in _preparation(around, service)]
    services = [_service(around, service) for service in SERVICES]
    workers = [_worker(around, service) for service in WITH_JOBS]
    simulators = [_mailbox(around), *(_simulator(around, name) for name in SIMULATORS)]
    return [*simulators, *tasks, *services, *workers, _gateway(around)]


def _preparation(around: Surroundings, service: str) -> list[ProcessSpec]:
    """Return the tasks that bring the schema up to date, then load the demo authority."""
    migrate, seed = f"{service}-migrate", f"{service}-seed"
    environment = service_environment(around, service)
    module = f"services.{service}"
    return [
        _python(migrate, (module, "migrate"), environment, once=True, after=(SERVERS,)),
        _python(seed, (module, "seed"), environment, once=True, after=(migrate,)),
    ]


def _service(around: Surroundings, service: str) -> ProcessSpec:
    return _python(
        service,
        (f"services.{service}", "serve"),
        {**service_environment(around, service), **listening(around, service)},
        operations=around.settings.ports[f"{service}-operations"],
        after=(f"{service}-seed",),
        stage=2,
    )


def _worker(around: Surroundings, service: str) -> ProcessSpec:
    name = f"{service}-worker"
    return _python(
        name,
        (f"services.{service}", "work"),
        {**service_environment(around, service), **listening(around, name)},
        operations=around.settings.ports[f"{name}-operations"],
        after=(f"{service}-seed", "mailbox"),
        stage=2,
    )


def _gateway(around: Surroundings) -> ProcessSpec:
    return _python(
        "gateway",
        ("gateway", "serve"),
        {**gateway_environment(around), **listening(around, "gateway")},
        operations=around.settings.ports["gateway-operations"],
        after=(SERVERS,),
        stage=3,
    )


def _mailbox(around: Surroundings) -> ProcessSpec:
    return _python(
        "mailbox",
        ("deploy.simulators.mailbox",),
        mailbox_environment(around),
        operations=around.settings.ports["mailbox"],
        stage=1,
    )


def _simulator(around: Surroundings, name: str) -> ProcessSpec:
    return _python(
        name,
        (f"deploy.simulators.{name}",),
        simulator_environment(around, name),
        operations=around.settings.ports[name],
        stage=1,
    )


def _python(
    name: str,
    words: tuple[str, ...],
    environment: Mapping[str, str],
    *,
    operations: int | None = None,
    once: bool = False,
    after: tuple[str, ...] = (),
    stage: int = 2,
) -> ProcessSpec:
    return ProcessSpec(
        name=name,
        command=(sys.executable, "-m", *words),
        environment=environment,
        folder=REPOSITORY,
        ready=health_probe(operations) if operations else None,
        once=once,
        after=after,
        stage=stage,
    )
