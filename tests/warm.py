"""A Python that has the libraries in memory already: each run of the tests is a fork of it, which saves loading them.

Started in a copy of the repository by mutants.py; the test command of cosmic-ray knocks at its door.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import alembic.command  # noqa: F401
import fastapi  # noqa: F401
import hypothesis.strategies  # noqa: F401
import passlib.context  # noqa: F401
import pytest
import sqlmodel  # noqa: F401
import statemachine  # noqa: F401

SECONDS = 100
QUIET = ["-n0", "-x", "-q", "-pno:randomly", "-pno:cacheprovider", "-Wignore::pytest.PytestAssertRewriteWarning"]
SQLITE = ["-k", "not postgresql and not two_processes"]
KNOCK = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect('door'); sys.exit(s.recv(1)[0])"
"""What the test command says: it ends with the 0 or 1 that it hears."""


def passes(tests: Iterable[str], seconds: int = 0) -> bool:
    """Whether these tests pass, in a fork that has so many seconds (0: as many as it likes)."""
    child = os.fork()
    if not child:
        signal.alarm(seconds)
        os.dup2(2, 1)
        os._exit(pytest.main([*QUIET, *SQLITE, *tests]))
    return os.waitpid(child, 0)[1] == 0


def serve(tests: dict[str, list[str]]) -> None:
    """Say so when all pass; then run, for each who knocks, those of the module that was written last: the mutant."""
    if not passes(dict.fromkeys(chain(*tests.values()))):
        return
    sys.dont_write_bytecode = True  # of a mutant, which may be as old and as large as the next
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")
        door.listen()
        print("ready", flush=True)  # noqa: T201
        while True:
            caller, _ = door.accept()
            with caller:
                written = max(tests, key=lambda module: Path(module).stat().st_mtime_ns)
                caller.send(bytes([not passes(tests[written], SECONDS)]))


if __name__ == "__main__":
    serve(json.loads(sys.argv[1]))
