"""The database's own file is shut or damaged while Docket runs: each door says so, and nothing is kept by halves."""

import errno
import os
import platform
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from ctypes import CDLL, addressof, create_string_buffer
from functools import partial
from pathlib import Path

import pytest

from models import causes, trouble
from models.causes import Busy, Cause
from sparing import Sparing
from tests.api.caller import By, Caller, said
from tests.desk import Desk, on_sqlite
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.storage import probe
from workflow.storage.incoming import Incoming

CALLS = {
    "x86_64": {"fsync": 74, "fdatasync": 75, "pwrite64": 18, "openat": 257},
    "aarch64": {"fsync": 82, "fdatasync": 83, "pwrite64": 68, "openat": 56},
}
"""The system's numbers for its calls."""

LOAD, EQUAL, ANY_OF, RETURN = 0x20, 0x15, 0x45, 0x06
GO_ON, FAIL = 0x7FFF0000, 0x50000
NUMBER, FLAGS = 0, 32
"""Of Linux's filter of calls (seccomp): what a line does, how a call ends, and where its number and its flags stand."""


def without(number: int, *names: str) -> None:
    """From now on, these calls of this thread to the system fail in this way; to open a file, only for writing."""
    calls, lines = CALLS[platform.machine()], [(LOAD, 0, 0, NUMBER)]
    fail, writes = (RETURN, 0, 0, FAIL | number), os.O_WRONLY | os.O_RDWR | os.O_CREAT
    for name in names:
        if name == "openat":
            lines += [(EQUAL, 0, 3, calls[name]), (LOAD, 0, 0, FLAGS), (ANY_OF, 0, 1, writes), fail]
        else:
            lines += [(EQUAL, 0, 1, calls[name]), fail]
    code = b"".join(struct.pack("HBBI", *line) for line in (*lines, (RETURN, 0, 0, GO_ON)))
    kept = create_string_buffer(code, len(code))
    system, program = CDLL(None, use_errno=True), struct.pack("HxxxxxxP", len(code) // 8, addressof(kept))
    assert system.prctl(38, 1, 0, 0, 0) == 0  # no new privileges: without that, only root may
    assert system.prctl(22, 2, program, 0, 0) == 0


@pytest.fixture(autouse=True)
def new_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each story is of a Docket that has met nothing yet; what is damaged would stay so until the next start."""
    monkeypatch.setattr(trouble, "_current", None)
    monkeypatch.setattr(trouble, "_sparing", Sparing(trouble.log))
    monkeypatch.setattr(probe, "SECONDS", -1)


FAILING: dict[str, tuple[Callable[[], None], Cause]] = {
    "does not keep": (partial(without, errno.EIO, "fsync", "fdatasync"), causes.FAILING),
    "may not be written": (partial(without, errno.EPERM, "pwrite64", "openat"), causes.DENIED),
    "can only be read": (partial(without, errno.EROFS, "pwrite64", "openat"), causes.READ_ONLY),
}


@on_sqlite
@pytest.mark.skipif(platform.machine() not in CALLS, reason="This processor numbers its calls in another way.")
@pytest.mark.parametrize("fault, cause", FAILING.values(), ids=FAILING)
def test_a_disk_that_fails(desk: Desk, fault: Callable[[], None], cause: Cause) -> None:
    cleo = desk.job().client

    def bring() -> None:
        with Incoming() as incoming:
            incoming.write(b"words")
            incoming.finish()

    with ThreadPoolExecutor(1, initializer=fault) as hands:
        for act in (bring, lambda: placing.place(Order("Tea"), by=cleo)):
            with pytest.raises(Busy, match=cause.what):
                hands.submit(act).result()

    assert placing.place(Order("Tea"), by=cleo).number == 2
    assert (list((desk.folder / "files").iterdir()), desk.faults()) == ([], [])


@pytest.fixture
def shut(desk: Desk) -> Iterator[Desk]:
    """Nobody can change its database's files any more, also who has them open."""
    desk.job(title="Tea")
    files = [desk.folder / f"docket.db{part}" for part in ("", "-wal")]
    if shutil.which("chattr") is None:
        pytest.skip("This machine has no such right.")
    try:
        if subprocess.run(["chattr", "+i", *files], check=False).returncode:
            pytest.skip("Only root can do that, and not on every disk.")
        yield desk
    finally:
        subprocess.run(["chattr", "-i", *files], check=False)


@on_sqlite
def test_files_that_are_shut_can_be_read(shut: Desk, by: By) -> None:
    answer = by("cleo").place()

    assert (said(answer), answer.json()["error"]) == ((503, "STORAGE_FAILED"), causes.DENIED.sentence)
    assert by("cleo").titles() == ["Tea"]
    assert (probe.state().reads, probe.state().writes) == (True, False)


def page_of_orders(file: Path) -> tuple[int, bytes]:
    """The page on which the orders stand."""
    with closing(sqlite3.connect(file)) as other:
        (number,) = other.execute("SELECT rootpage FROM sqlite_master WHERE name = 'jobs'").fetchone()
    return 4096 * (number - 1), b"\xa5" * 4096


def word_of_an_order(file: Path) -> tuple[int, bytes]:
    """A word that somebody wrote."""
    return file.read_bytes().index(b"Tea for Cleo"), b"\xa5"


@on_sqlite
@pytest.mark.parametrize("part", [page_of_orders, word_of_an_order])
def test_a_damaged_file_is_said_at_every_door(
    desk: Desk, by: By, stranger: Caller, caplog: pytest.LogCaptureFixture, part: Callable[[Path], tuple[int, bytes]]
) -> None:
    cleo, job, file = by("cleo"), desk.job(title="Tea for Cleo"), desk.folder / "docket.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    caplog.clear()

    place, scrambled = part(file)
    with file.open("r+b") as damaged:
        damaged.seek(place)
        damaged.write(scrambled)

    for answer in (cleo.get("/api/jobs"), cleo.move(job, "cancelled"), stranger.get("/readyz")):
        assert (said(answer), answer.json()["error"]) == ((503, "STORAGE_FAILED"), causes.DAMAGED.sentence)
    assert [line.partition(" (")[0] for line in caplog.messages] == [causes.DAMAGED.sentence]
