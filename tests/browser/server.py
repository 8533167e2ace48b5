"""The server of the browser's stories: Docket in a process of its own, started as people start it."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import httpx

from models import database
from models.ring import Ring

ROOT = Path(__file__).parents[2]
ALARMS = re.compile(r"^.*(?:Traceback \(most recent call last\)| ERROR | CRITICAL ).*$", re.MULTILINE)
"""What a server that is well never writes into its log."""


class Server:
    """`python main.py run` (or another command that serves) on a free port; a stopped one can be started again."""

    wrapped: tuple[str, ...] = ()
    """A command that runs it."""

    def __init__(self, folder: Path, database: str = "", command: str = "run", **more: str) -> None:
        """Its data lie in the folder, and so does its log; without an address it has SQLite there. `more`: settings."""
        self.folder, self.data, self.log = folder, folder / "data", folder / "server.log"
        self.command, self.port = command, _free_port()
        self.more = {"TAKE_BACK_SECONDS": "0", **more}
        self.url = f"http://localhost:{self.port}"
        self.database = database or f"sqlite:///{self.data / 'docket.db'}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What it is told, and nothing that the machine was told for another Docket."""
        machine = {name: value for name, value in os.environ.items() if not name.startswith("DOCKET_")}
        own = {"DATA_DIR": str(self.data), "DATABASE_URL": self.database, "PORT": str(self.port)}
        return machine | {f"DOCKET_{name}": value for name, value in (own | self.more).items()}

    @property
    def process_id(self) -> int:
        """The process that serves."""
        assert self._process
        return self._process.pid

    def start(self, patience: float = 120) -> None:
        """Start, and wait until it answers; raises RuntimeError with its log when that takes too long."""
        with self.log.open("ab") as log:
            self._process = self._run(self.command, log)
        give_up = time.monotonic() + patience
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"No answer, exit code {self._process.poll()}:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self, *, at_once: bool = False) -> None:
        """Ask it to stop, or pull the plug."""
        if self._process is not None:
            (self._process.kill if at_once else self._process.terminate)()
            try:
                self._process.wait(20)
            finally:
                self._process.kill()

    def ended(self) -> int:
        """Its exit code, once it has come to an end by itself."""
        assert self._process
        return self._process.wait(60)

    def has_heard_all(self) -> None:
        """Wait until it has heard of what this process did: from then on its pages learn nothing by themselves."""
        with database.reading() as session:
            newest = Ring.newest(session)
        give_up = time.monotonic() + 20
        while self._heard() < newest:
            assert time.monotonic() < give_up, "The server has not heard of the newest change."
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it answers; by then, it has read all that was sent to it before."""
        try:
            return httpx.get(f"{self.url}/healthz", trust_env=False, timeout=5).is_success
        except httpx.TransportError:
            return False

    def says(self, command: str) -> str:
        """What another command of `main.py` prints about the same agency."""
        return subprocess.check_output(_line(command), cwd=self.folder, env=self.environment, text=True, timeout=60)

    def _run(self, command: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*self.wrapped, *_line(command)],
            cwd=self.folder,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def _heard(self) -> float:
        try:
            figures = httpx.get(f"{self.url}/metrics", trust_env=False, timeout=5).text
        except httpx.TransportError:
            return -1
        return max(map(float, re.findall(r"^docket_newest_change_heard (.*)$", figures, re.MULTILINE)), default=-1)


def _line(command: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), command]


def _free_port() -> int:
    """A port below those that the system hands out by itself, so that a server finds it free again later."""
    port = 20_000 + secrets.randbelow(10_000)
    with socket.socket() as free:
        return port if free.connect_ex(("127.0.0.1", port)) else _free_port()
