"""A clamd that speaks the INSTREAM protocol and knows one virus (the EICAR test file)."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@asynccontextmanager
async def running_clamd(answer: bytes | None = None, port: int = 0) -> AsyncIterator[int]:
    """Run it and give its port; `answer` replaces whatever it would say."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readline()
        assert command == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", await reader.readexactly(4))[0]:
            content += await reader.readexactly(size)
        verdict = b"stream: Eicar-Test FOUND" if EICAR in content else b"stream: OK"
        writer.write((verdict if answer is None else answer) + b"\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        yield server.sockets[0].getsockname()[1]
