"""The portal and the bare servers that it is measured beside, all in a folder of their own."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

from deploy.local.environment import Surroundings
from deploy.local.ports import free_ports
from deploy.local.process import ProcessSpec
from deploy.local.settings import on_free_ports
from deploy.local.stack import Stack
from deploy.local.table import parvis_table


@contextmanager
def running_portal(folder: Path) -> Iterator[Stack]:
    """Run the whole portal, fsync on; addresses in X-Forwarded-For stand for many people."""
    with Stack(on_free_ports(folder), table=_table, say=lambda _line: None) as stack:
        yield stack


def _table(around: Surroundings) -> list[ProcessSpec]:
    many = {"PARVIS_TRUSTED_PROXIES": "127.0.0.1/32"}
    return [
        replace(spec, environment={**spec.environment, **many}) if spec.name == "gateway" else spec
        for spec in parvis_table(around)
    ]


@asynccontextmanager
async def bare_server(body: bytes, folder: Path) -> AsyncIterator[str]:
    """Run a bare aiohttp server that sends `body`, in a process of its own; give its address."""
    port = free_ports(1)[0]
    file = folder / "body.html"
    file.write_bytes(body)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.bare_server", str(port), str(file)
    )
    try:
        await _await_port(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        await process.wait()


async def _await_port(port: int) -> None:
    for _try in range(200):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise RuntimeError("the bare server did not start")
