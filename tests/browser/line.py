"""A line to a server on which everything takes its time, each way."""

import asyncio
import threading

from tests.browser.server import Server


class Line:
    """Stands between a browser and the server; `url` is the server's other end."""

    def __init__(self, server: Server, seconds: float) -> None:
        self.port, self.seconds, self.url = server.port, seconds, ""
        self.loop, self.ends = asyncio.new_event_loop(), set[asyncio.StreamWriter]()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self.loop).result(5)

    def close(self) -> None:
        """Take it down, with whatever is still on its way."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    async def _open(self) -> None:
        self.listener = await asyncio.start_server(self._call, "localhost", 0)
        self.url = f"http://localhost:{self.listener.sockets[0].getsockname()[1]}"

    async def _hang_up(self) -> None:
        self.listener.close()
        for end in self.ends:
            end.transport.abort()
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("localhost", self.port)
        self.ends |= {writer, back}
        await asyncio.gather(self._carry(reader, back), self._carry(there, writer), return_exceptions=True)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Each part arrives later, in order, and keeps nothing waiting that comes behind it."""
        while data := await source.read(65536):
            self.loop.call_later(self.seconds, sink.write, data)
        self.loop.call_later(self.seconds, sink.close)
