"""Holding: who brings a file holds it by a lock of the system's, which ends with their process, however that ends."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # where there are no such locks
    fcntl = None

IS_TOLD = fcntl is not None
"""Whether the system tells of such a lock."""


def begin(folder: Path) -> tuple[Path, int]:
    """A new file in this folder, under a name of ours, and its descriptor: it is held until that is closed."""
    while True:
        path = folder / secrets.token_hex(16)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        if fcntl is None:
            return path, number
        fcntl.flock(number, fcntl.LOCK_EX)
        if path.exists():  # a sweep may have come between
            return path, number
        os.close(number)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold this file within the block; raises BlockingIOError while somebody else does, and FileNotFoundError."""
    number = os.open(path, os.O_RDWR)
    try:
        if fcntl is not None:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(number)
