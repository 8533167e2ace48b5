"""Files on disk: whole and for us alone while they are kept, and never half there."""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

import settings
from models.causes import Busy
from tests.desk import FAILED, Desk, on_sqlite, refused
from tests.workflow.orders.test_files import bring, has, on_disk
from workflow.refusals import InvalidField, TooLarge
from workflow.storage import disk, file_names

CONTENT = b"Once upon a time.\r\n\x00\xff" * 100_000
SHOWN = {
    "../../etc/passwd": "passwd",
    "C:\\Windows\\win.ini": "win.ini",
    " . hidden . ": "hidden",
    ". . .": "file",
    "": "file",
    "a\x00b\r\nc\x85.txt": "abc.txt",
    "invoice\u202exslx.exe\u200f": "invoicexslx.exe",
    "\ud800": "file",
    "🧑\u200d🎨 Grüße.txt": "🧑\u200d🎨 Grüße.txt",
    f"{'x' * 300}.txt": f"{'x' * 196}.txt",
}
"""What a file is called where it comes from, and with us."""


@contextmanager
def a_full_disk() -> Iterator[None]:
    """No file of this process can grow beyond a megabyte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def without_room() -> AbstractContextManager[object]:
    """Expect to be told that the disk is full."""
    return pytest.raises(Busy, match="There is no room left on the server's disk; nothing was kept")


def test_it_lies_there_for_us_alone(desk: Desk) -> None:
    file = bring(desk, desk.job("in_progress"), "final", content=CONTENT)

    (stored,) = on_disk()

    assert stored.read_bytes() == CONTENT
    assert (file.size, file.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert (stored.parent, stored.name) == (desk.folder / "files", file.stored_as)
    assert [path.stat().st_mode & 0o777 for path in (stored, stored.parent)] == [0o600, 0o700]


def test_versions_lie_side_by_side(desk: Desk) -> None:
    job = desk.job("in_progress")

    versions = [bring(desk, job, "draft", content=content) for content in (b"one", b"two")]

    assert [file.name for file in versions] == ["essay.txt", "essay.txt"]
    assert [(disk.folder() / file.stored_as).read_bytes() for file in versions] == [b"one", b"two"]


def test_names_are_made_harmless() -> None:
    assert {name: file_names.harmless(name) for name in SHOWN} == SHOWN


def test_an_empty_file_is_none(desk: Desk) -> None:
    job = desk.job("in_progress")

    with refused("The file is empty.", InvalidField):
        bring(desk, job, "final", content=b"")

    assert (on_disk(), has(desk, job, "ada")) == ([], "")


def test_the_limit_is_exact(desk: Desk) -> None:
    job = desk.job("in_progress")
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, max_file_bytes=2048)

    assert bring(desk, job, "final", content=b"x" * 2048).size == 2048
    with refused("A file may have 2,048 bytes at most.", TooLarge):
        bring(desk, job, "final", content=b"x" * 2049)

    assert len(on_disk()) == 1


@pytest.mark.parametrize("table", ["files", "jobs", "notifications", "rings"])
def test_a_failing_step_leaves_no_file(desk: Desk, table: str) -> None:
    job = desk.job("in_progress")

    with desk.without(table), pytest.raises(FAILED):
        bring(desk, job, "final")

    assert (on_disk(), has(desk, job, "ada"), desk.news_of("ada")) == ([], "", [])
    assert not desk.see(job).has_final_file


@on_sqlite
def test_a_full_disk_leaves_no_file(desk: Desk) -> None:
    job = desk.job("in_progress")

    with a_full_disk(), without_room():
        bring(desk, job, "final", content=CONTENT)
    assert (on_disk(), has(desk, job, "ada")) == ([], "")

    bring(desk, job, "final", content=CONTENT)
    assert has(desk, job, "ada") == "final"


def test_a_full_device_says_so_itself() -> None:
    with without_room(), disk.failures_said(), Path("/dev/full").open("wb") as full:
        full.write(b"words")
        full.flush()


def test_another_failure_is_another() -> None:
    with pytest.raises(IsADirectoryError), disk.failures_said():
        Path("/").write_bytes(b"words")


@on_sqlite
def test_a_database_without_room_leaves_no_file(desk: Desk) -> None:
    job = desk.job("in_progress")
    with desk.database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    with without_room():
        for _try in range(100):  # what is left of its last pages takes some
            bring(desk, job, "final", name="x" * 200)

    assert len(on_disk()) == len(has(desk, job, "ada").split())
