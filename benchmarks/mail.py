"""A status change while the mail server is away and 500 letters wait, against the same without mail."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx

from benchmarks.server import ROOT, served, signed_in

BOUND = 1.2
ROUNDS = 120
"""Each is three changes here and three there; together they last for many rounds of the letters' clock."""

PREPARE = """
import sys
from datetime import timedelta
import main
from models import Letter, clock, database
from workflow.demo import sample

main.prepare()
sample.open_agency()
with database.writing() as session:
    for number in range(int(sys.argv[1])):
        session.add(Letter(
            type="delivered", recipient="cleo@example.com", subject="Tea", body="Words.", message_id=f"<{number}@x>",
            next_try_at=clock.now() + timedelta(seconds=number % 60),
        ))
"""
"""An agency with letters of which some are due in every round of the clock."""


def away_ratio() -> float:
    """The seconds of changes with a server that is away, by those without; both run at once and take turns."""
    with ExitStack() as closing, _agency(500, smtp=True) as busy, _agency(0, smtp=False) as calm:
        clients = [closing.enter_context(signed_in(base, "manager1@example.com")) for base in (busy, calm)]
        moves = [_round_of_changes(client) for client in clients]
        spent = [0.0, 0.0]
        for number in range(ROUNDS):
            for place in (0, 1) if number % 2 else (1, 0):
                begun = time.perf_counter()
                moves[place]()
                spent[place] += time.perf_counter() - begun
            time.sleep(0.1)
    return spent[0] / spent[1]


@contextmanager
def _agency(letters: int, *, smtp: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = f"smtp://127.0.0.1:{nobody.getsockname()[1]}" if smtp else ""
        prepare = [sys.executable, "-c", PREPARE, str(letters)]
        environment = os.environ | {"DOCKET_DATA_DIR": folder}
        subprocess.run(prepare, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served("run", folder, DOCKET_SMTP_URL=away) as base:
            yield base


def _round_of_changes(client: httpx.Client) -> Callable[[], None]:
    """Three changes of one order, after which it stands where it stood: delivered, to be revised, in progress."""
    job = client.get("/api/jobs", params={"status": "in_progress", "limit": 1}).raise_for_status().json()["items"][0]

    def go_round() -> None:
        for status in ("delivered", "revision", "in_progress"):
            client.patch(f"/api/jobs/{job['id']}/status", json={"status": status}).raise_for_status()

    go_round()
    return go_round
