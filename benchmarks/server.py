"""A real Docket on an agency of its own, to measure against."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
PASSWORD = "docket-demo"


@contextmanager
def docket() -> Iterator[str]:
    """Serve the sample agency; the address while the block runs."""
    with tempfile.TemporaryDirectory() as folder, served("demo", folder) as base:
        yield base


@contextmanager
def served(command: str, folder: str, **more: str) -> Iterator[str]:
    """Serve what lies in this folder, with more settings; the address while the block runs."""
    with served_as(command, folder, **more) as (base, _process):
        yield base


@contextmanager
def served_as(command: str, folder: str, **more: str) -> Iterator[tuple[str, int]]:
    """The same, with the number of the process."""
    port = free_port()
    environment = os.environ | {"DOCKET_PORT": str(port), "DOCKET_DATA_DIR": folder} | more
    with running([str(ROOT / "main.py"), command], port, "/healthz", environment) as there:
        yield there


def staff(folder: str, **more: str) -> None:
    """Give the agency in this folder a manager, a writer and a client, called as in the demo."""
    environment = os.environ | {"DOCKET_DATA_DIR": folder} | more
    for role in ("manager", "writer", "client"):
        line = [sys.executable, str(ROOT / "main.py"), "user", "add", f"{role}1@example.com", f"A {role}", role]
        subprocess.run(line, input=f"{PASSWORD}\n", env=environment, text=True, check=True, capture_output=True)


@contextmanager
def floor(url: str) -> Iterator[str]:
    """Serve the bare route of `benchmarks/floor.py` on this database; the address while the block runs."""
    port = free_port()
    with running(["-m", "benchmarks.floor", str(port), url], port, "/docs", dict(os.environ)) as (base, _process):
        yield base


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(line: list[str], port: int, door: str, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Run this in a Python of its own until the block ends; its address and number, once it answers at the door."""
    process = subprocess.Popen([sys.executable, *line], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        yield _ready(f"http://127.0.0.1:{port}", door), process.pid
    finally:
        process.terminate()
        process.wait(10)


def _ready(base: str, door: str) -> str:
    for _ in range(300):
        try:
            httpx.get(f"{base}{door}").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return base
    raise TimeoutError("Docket did not start within a minute")


def signed_in(base: str, email: str) -> httpx.Client:
    """A client with this person's token."""
    credentials = {"email": email, "password": PASSWORD}
    token = httpx.post(f"{base}/api/auth/token", json=credentials).raise_for_status().json()["accessToken"]
    return httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=60)
