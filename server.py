"""Serving: the doors open and the clocks run, until somebody stops it."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp

import settings
from boundary import Boundary
from doors import Doors, Late
from journal import Journal
from models import database
from stopping import Stoppable
from workflow import upkeep
from workflow.storage import disk
from workflow.text import prose
from workflow.upkeep import Clock, Once

BACKLOG = 2048
"""How many callers may wait to be let in."""

UNSENT = 65_536
"""How many bytes the system takes from us for somebody who takes in nothing: it would take megabytes."""

SECONDS_UNTIL_WARM = 2.0
"""How long after the start what not every page needs is loaded: the first answers go before."""


SECONDS_TO_FINISH = 2.0
"""How long what is under way may take when we are stopped; half a second more for telling who has to come again."""

SECONDS_TO_END = 4.5
"""After so long, who is held up by somebody else who has the database, and so has kept nothing, is not waited for."""

SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = logging.getLogger("docket")


class Server(uvicorn.Server):
    """uvicorn's own, which a signal ends as well; but nobody is left without an answer, and we put things in order."""

    def __init__(self, config: uvicorn.Config, requests: Stoppable, clocks: list[Clock]) -> None:
        super().__init__(config)
        self._requests, self._clocks = requests, clocks

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let in nobody more, and see to it that what is under way comes to an end."""
        _end_in_time()
        clocks = asyncio.create_task(asyncio.to_thread(upkeep.stop, self._clocks))
        ending = asyncio.create_task(self._end())
        await super().shutdown(sockets)
        ending.cancel()
        await clocks

    async def _end(self) -> None:
        self._requests.end(all_of_them=False)
        await asyncio.sleep(SECONDS_TO_FINISH)
        database.current().call_off()
        await asyncio.sleep(0.2)
        self._hang_up(only_begun=True)
        await asyncio.sleep(0.1)
        self._requests.end(all_of_them=True)
        await asyncio.sleep(0.2)
        self._hang_up(only_begun=False)

    def _hang_up(self, *, only_begun: bool) -> None:
        """Leave who was sent half of an answer, or all who do not take in what they were told."""
        for line in list(self.server_state.connections):
            cycle = getattr(line, "cycle", None)
            if not only_begun or (cycle and cycle.response_started):
                line.transport.abort()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let a signal be done with once it was heeded: uvicorn would raise it again, and so end us on the spot."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)  # what is left takes no time


def _end_in_time() -> None:
    """End in any case; a thread in the middle of a statement would hold up the end of the process for as long."""
    ending = threading.Timer(SECONDS_TO_END, _end_as_it_is)
    ending.daemon = True
    ending.start()


def _end_as_it_is() -> None:
    log.warning("Ended while something still waited for the database or a disk: that is kept as a whole or not at all.")
    os._exit(0)


def listen() -> list[socket.socket]:
    """Take the port; raises Misconfigured when it is not to be had. Who calls from now on waits until we serve."""
    chosen = settings.current()
    try:
        found = socket.getaddrinfo(chosen.host or None, chosen.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        addresses = dict.fromkeys((family, address) for family, _, _, _, address in found)
        return [_listening(family, address) for family, address in addresses]
    except OSError as error:
        where = f"DOCKET_HOST={chosen.host}, DOCKET_PORT={chosen.port}"
        raise settings.Misconfigured(f"{where}: nobody can be served there: {error.strerror}.") from error


def _listening(family: int, address: Any) -> socket.socket:
    with ExitStack() as unless_it_works:
        taken = unless_it_works.enter_context(socket.socket(family))
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        with suppress(AttributeError, OSError):  # where the system has that; each line that comes in has it, too
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
        taken.bind(address)
        taken.listen(BACKLOG)
        unless_it_works.pop_all()
    return taken


def run(sockets: list[socket.socket]) -> None:
    """Serve there until stopped; the database is open and up to date."""
    import edge  # late: commands that serve nothing do not wait for the web's libraries
    import pages

    chosen = settings.current()
    tempfile.tempdir = str(disk.folder())  # what a killed server leaves of a body half read, the sweep finds there
    programs = Late(_api)
    background = [*upkeep.clocks(), Once("warming", SECONDS_UNTIL_WARM, partial(_warm, programs))]
    for task in background:
        task.start()
    _spare_the_collector()
    print(f"Docket is ready at {chosen.public_url}", flush=True)
    doors = Doors(pages.application(), programs)
    requests = Stoppable(Boundary(doors), doors)
    config = uvicorn.Config(
        Journal(requests),
        backlog=BACKLOG,
        http=edge.Connection,
        ws=edge.Socket,
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        forwarded_allow_ips=chosen.proxies,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
    )
    serving = Server(config, requests, background)
    serving.run(sockets)
    database.current().dispose()
    sys.exit(not serving.started)


def _api() -> ASGIApp:
    import api

    return api.application()


def _warm(programs: Late) -> None:
    """Load what somebody's first click would have to wait for."""
    import puremagic  # noqa: F401 - and with it, the long list of what files begin with

    from workflow.history import receipt_pdf  # noqa: F401 - and what draws PDFs

    programs.made()
    prose.prepare("A word.")
    gc.freeze()


def _spare_the_collector() -> None:
    """What is loaded by now stays; a full collection with 500 open pages would stop everything for a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
