"""Echoes every WebSocket message, on Debian's python3-websockets. Words: the port, and `deflate` to compress."""

import asyncio
import sys

import websockets


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def main():
    compression = "deflate" if "deflate" in sys.argv else None
    async with websockets.serve(echo, "127.0.0.1", int(sys.argv[1]), compression=compression, backlog=4096):
        await asyncio.Future()


asyncio.run(main())
