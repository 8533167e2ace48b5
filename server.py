"""Serving: the doors open and the clocks run, until somebody stops it."""

import gc
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp

import settings
from boundary import Boundary
from doors import Doors, Late
from workflow import upkeep
from workflow.storage import disk
from workflow.text import prose
from workflow.upkeep import Once

BACKLOG = 2048
"""How many callers may wait to be let in."""

SECONDS_UNTIL_WARM = 2.0
"""How long after the start what not every page needs is loaded: the first answers go before."""


class Server(uvicorn.Server):
    """uvicorn's own, which a signal ends as well; but then we go on and put things in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let a signal be done with once it was heeded: uvicorn would raise it again, and so end us on the spot."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


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
    config = uvicorn.Config(
        Boundary(Doors(pages.application(), programs)),
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
    serving = Server(config)
    try:
        serving.run(sockets)
    finally:
        upkeep.stop(background)
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
