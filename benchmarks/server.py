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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DOCKET_PORT": str(port), "DOCKET_DATA_DIR": folder} | more
    line = [sys.executable, str(ROOT / "main.py"), command]
    process = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        yield _ready(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _ready(base: str) -> str:
    for _ in range(300):
        try:
            httpx.get(f"{base}/healthz").raise_for_status()
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
