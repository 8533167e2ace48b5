"""Serving: the doors open and the clocks run, until somebody stops it."""

import gc
import tempfile

import uvicorn

import settings
from boundary import Boundary
from doors import Doors
from workflow.storage import disk
from workflow.upkeep import clocks


def run() -> None:
    """Serve until stopped; the database is open and up to date."""
    import api  # late: commands that serve nothing do not wait for the web's libraries
    import edge
    import pages

    chosen = settings.current()
    tempfile.tempdir = str(disk.folder())  # what a killed server leaves of a body half read, the sweep finds there
    background = clocks()
    for task in background:
        task.start()
    _spare_the_collector()
    print(f"Docket is ready at {chosen.public_url}", flush=True)
    try:
        uvicorn.run(
            Boundary(Doors(pages.application(), api.application(), api.PREFIXES)),
            host=chosen.host,
            port=chosen.port,
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
    finally:
        for task in background:
            task.stop()


def _spare_the_collector() -> None:
    """What is loaded by now stays; a full collection with 500 open pages would stop everything for a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
