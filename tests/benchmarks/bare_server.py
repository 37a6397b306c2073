"""A bare aiohttp server on uvloop that sends the bytes of a file: `... PORT FILE`."""

import asyncio
import sys
from pathlib import Path

import uvloop
from aiohttp import web


async def serve(port: int, body: bytes) -> None:
    """Answer every GET with `body`, as HTML."""

    async def show(_request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": "text/html; charset=utf-8"})

    application = web.Application()
    application.router.add_get("/{path:.*}", show)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), Path(sys.argv[2]).read_bytes()))
