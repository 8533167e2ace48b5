"""The end of files: deleted a week after completion, exactly once, unless the agency keeps them."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import settings
from models import Job
from models.file import File
from tests.desk import FAILED, Desk, later, on_sqlite
from tests.workflow.orders.test_files import bring, completed, has, on_disk
from workflow.orders import files
from workflow.refusals import Forbidden, NotFound, Refused
from workflow.storage import disk, sweep
from workflow.storage.incoming import Incoming

DELETES = """
from datetime import timedelta; from models import clock; from workflow.orders import files
db.use(settings.current().database)
with clock.at(clock.now() + timedelta(days=8)):
    print(files.delete_due())
"""
"""What another process does a week later; it prints of how many orders."""


@pytest.fixture
def job(desk: Desk) -> Job:
    return completed(desk)


def last(desk: Desk, job: Job) -> tuple[str, int | None, str | None]:
    """The newest line of the history: action, actor and note."""
    line = desk.history(job)[-1]
    return line.action, line.changed_by, line.note


def deleted_once(desk: Desk, job: Job) -> bool:
    """Whether the files are gone, and the history says so in one line by nobody and is whole."""
    lines = [line.action for line in desk.history(job)].count("delete_files")
    gone = (has(desk, job, "ada"), on_disk(), desk.see(job).delete_files_at) == ("", [], None)
    return gone and lines == 1 and last(desk, job) == ("delete_files", None, "2 deleted") and desk.faults() == []


def test_they_have_seven_days(desk: Desk, job: Job) -> None:
    with later(days=6, hours=23, minutes=59):
        assert files.delete_due() == 0
    assert has(desk, job, "cleo") == "brief final"

    with later(days=7):
        assert [files.delete_due(), files.delete_due()] == [1, 0]
    assert deleted_once(desk, job)


def test_the_days_are_a_setting(desk: Desk) -> None:
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, keep_files_days=30)
    job = desk.job("in_progress")
    bring(desk, job, "final")
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")

    with later(days=29, hours=23):
        assert files.delete_due() == 0
    with later(days=30):
        assert files.delete_due() == 1


def test_the_records_remember_them(desk: Desk, job: Job) -> None:
    with later(days=8):
        files.delete_due()

    with desk.database.reading() as session:
        rows = File.of(session, job, desk.who("cleo"))
    assert [(row.name, row.size, len(row.sha256), row.deleted_at is not None) for row in rows] == [
        ("essay.txt", 5, 64, True)
    ] * 2


def test_eight_clocks_at_once(desk: Desk, job: Job) -> None:
    start = threading.Barrier(8)

    def strike(_clock: int) -> int:
        start.wait()
        with later(days=8):
            return files.delete_due()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(strike, range(8))) == [0] * 7 + [1]
    assert deleted_once(desk, job)


def test_two_processes_at_once(desk: Desk, job: Job) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(desk.elsewhere, [DELETES] * 2)) == ["0\n", "1\n"]
    assert deleted_once(desk, job)


def test_a_failing_deletion_is_none(desk: Desk, job: Job) -> None:
    with desk.without("job_status_logs"), later(days=8), pytest.raises(FAILED):
        files.delete_due()

    assert has(desk, job, "cleo") == "brief final"


def test_an_order_without_files_ends_in_silence(desk: Desk) -> None:
    job = desk.job("completed")

    with later(days=8):
        files.delete_due()

    assert last(desk, job)[0] == "complete"
    assert desk.see(job).delete_files_at is None


def test_staff_keep_them(desk: Desk, job: Job) -> None:
    for _twice in range(2):
        files.keep_all(job.key, by=desk.who("bob"))

    with later(days=1000):
        assert files.delete_due() == 0
    assert has(desk, job, "cleo") == "brief final"
    assert [line.action for line in desk.history(job)][-2:] == ["complete", "keep_files"]
    assert last(desk, job) == ("keep_files", desk.who("bob").id, None)
    assert desk.faults() == []


@pytest.mark.parametrize(
    "name, answer", [("cleo", Forbidden), ("wren", Forbidden), ("carl", NotFound), ("wolf", NotFound)]
)
def test_nobody_else_keeps_them(desk: Desk, job: Job, name: str, answer: type[Refused]) -> None:
    with pytest.raises(answer):
        files.keep_all(job.key, by=desk.who(name))

    assert desk.see(job).delete_files_at


@on_sqlite
def test_old_orphans_are_swept(desk: Desk, job: Job) -> None:
    stays = [*on_disk(), disk.folder() / "lost+found"]
    stays[-1].mkdir()
    (disk.folder() / "orphan").touch()
    for path in on_disk():
        os.utime(path, (0, 0))

    with Incoming() as fresh:
        sweep.sweep()
        assert set(on_disk()) == {*stays, fresh.path}


@on_sqlite
def test_who_is_on_the_way_is_swept_by_no_clock(desk: Desk, job: Job) -> None:
    before = on_disk()
    with later(days=1), Incoming() as fresh:
        (disk.folder() / "0123456789abcdef0123456789abcdef").touch()

        sweep.sweep()

        assert set(on_disk()) == {*before, fresh.path}


def test_what_a_crash_left_is_swept(desk: Desk, job: Job) -> None:
    desk.sql("UPDATE files SET deleted_at = created_at")
    assert len(on_disk()) == 2

    with later(hours=2):
        files.delete_due()

    assert on_disk() == []
