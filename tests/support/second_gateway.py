"""One more gateway of a running stack, behind a proxy that it trusts: many addresses may call."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.local.environment import Surroundings, gateway_environment
from deploy.local.foreground import ForegroundProcess
from deploy.local.keys import keep_secrets
from deploy.local.ports import HOST, free_ports
from deploy.local.probes import health_probe
from deploy.local.process import ProcessSpec
from deploy.local.redis import LocalRedis
from deploy.local.settings import REPOSITORY
from deploy.local.stack import Stack


@contextmanager
def second_gateway(stack: Stack) -> Iterator[str]:
    """Run it, and give its address; X-Forwarded-For tells it who calls."""
    settings = stack.settings
    secrets = keep_secrets(settings.folder)
    redis = LocalRedis(
        settings.folder / "redis", settings.ports["redis"], password=secrets["redis"]
    )
    around = Surroundings(settings, secrets, "", redis.url())
    port, operations = free_ports(2)
    environment = {
        **gateway_environment(around),
        "PARVIS_PORT": str(port),
        "PARVIS_OPERATIONS_PORT": str(operations),
        "PARVIS_TRUSTED_PROXIES": f"{HOST}/32",
    }
    process = ForegroundProcess(
        ProcessSpec(
            name="second-gateway",
            command=(sys.executable, "-m", "gateway", "serve"),
            environment=environment,
            folder=REPOSITORY,
            ready=health_probe(operations),
        ),
        settings.folder / "logs" / "second-gateway.log",
    )
    process.start()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        process.stop()
