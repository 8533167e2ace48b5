"""Old histories: archived to a file, sealed with a line that continues the chain, and still provable."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

import settings
from models import Job
from tests.desk import Desk, later
from tests.workflow.history.test_chain import behind
from workflow.history import archives, retention
from workflow.orders import files, holds

LINES = "job_status_logs"
CLEARS = """
from datetime import timedelta; from models import clock; from workflow.history import retention
settings.use(keep_logs_days=30)
db.use(settings.current().database)
with clock.at(clock.now() + timedelta(days=31)):
    print(retention.clear_histories())
"""
"""What another process does a month later; it prints of how many orders."""


@pytest.fixture(autouse=True)
def a_month(desk: Desk) -> None:
    """Histories are kept for 30 days."""
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, keep_logs_days=30)


def clear(days: float = 31) -> int:
    """Let the clock strike in so many days."""
    with later(days=days):
        return retention.clear_histories()


def kept(desk: Desk, job: Job) -> list[str]:
    """The actions that the history in the database still has."""
    return [line.action for line in desk.history(job)]


def archive(desk: Desk, job: Job) -> Path:
    """The only archive there is."""
    (path,) = (desk.folder / "archive").iterdir()
    assert path.name.startswith(job.display_id)
    return path


def test_what_has_been_over_for_long_is_archived(desk: Desk) -> None:
    earlier, job, running = desk.job("delivered"), desk.job("completed"), desk.job("delivered")
    before = desk.history(job)

    assert [clear(29), clear(31), clear(32)] == [0, 1, 0]

    assert [len(kept(desk, each)) for each in (earlier, job, running)] == [5, 1, 5]
    assert kept(desk, job) == ["archive"]
    said = [json.loads(line) for line in archive(desk, job).read_text().splitlines()]
    assert [(line["id"], line["action"], line["hash"]) for line in said] == [
        (line.id, line.action, line.hash) for line in before
    ]
    assert archive(desk, job).name == f"{job.display_id}-{before[-1].id}.jsonl"
    assert archive(desk, job).parent.stat().st_mode & 0o777 == 0o700
    assert desk.faults() == []


def test_the_seal_continues_the_chain(desk: Desk) -> None:
    job = desk.job("cancelled")
    last = desk.history(job)[-1]
    clear()

    (seal,) = desk.history(job)
    assert (seal.previous_hash, seal.changed_by, seal.hash) == (last.hash, None, desk.see(job).log_hash)
    assert seal.note
    assert seal.note.startswith(f"{archive(desk, job).name}, 2 lines, SHA-256 ")


def test_it_is_off_by_default(desk: Desk) -> None:
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url)
    desk.job("completed")

    assert clear(10_000) == 0


def test_what_is_added_later_is_archived_later(desk: Desk) -> None:
    job = desk.job("completed")
    clear(31)
    with later(days=40):
        files.keep_all(job.key, by=desk.who("bea"))

    assert [clear(69), clear(71), clear(72)] == [0, 1, 0]

    assert kept(desk, job) == ["archive"]
    assert len(list((desk.folder / "archive").iterdir())) == 2
    assert desk.faults() == []


@pytest.mark.parametrize(
    "old, new", [('"note": null', '"note": "fine"'), ('"action": "approve"', '"action": "cancel"'), ("\n", "\n\n")]
)
def test_a_changed_archive_is_found(desk: Desk, old: str, new: str) -> None:
    job = desk.job("completed")
    clear()
    path = archive(desk, job)

    path.write_text(path.read_text().replace(old, new, 1))

    assert f"{job.display_id}: its archive {path.name} was changed" in desk.faults()


def test_a_missing_archive_is_named(desk: Desk) -> None:
    job = desk.job("cancelled")
    clear()
    path = archive(desk, job)

    path.rename(desk.folder / "elsewhere")
    assert desk.faults() == [f"{job.display_id}: its archive {path.name} is missing"]

    (desk.folder / "elsewhere").rename(path)
    assert desk.faults() == []


def test_a_receipt_is_proved_from_the_archive(desk: Desk) -> None:
    job = desk.job("completed")
    clear()
    assert desk.faults() == []

    archive(desk, job).unlink()

    assert len(desk.faults()) == 2


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {LINES} SET note = 'nothing.jsonl, 0 lines, SHA-256 0'",
        f"UPDATE {LINES} SET action = 'create'",
        f"UPDATE {LINES} SET previous_hash = ''",
    ],
)
def test_a_changed_seal_is_found(desk: Desk, statement: str) -> None:
    job = desk.job("cancelled")
    clear()

    behind(desk, statement)

    assert desk.faults()[0].startswith(f"{job.display_id}: ")


def test_a_crash_before_the_deletion_loses_nothing(desk: Desk) -> None:
    job = desk.job("completed")
    lines = desk.history(job)
    archives.write(job, lines)
    written = archive(desk, job).read_bytes()
    assert desk.faults() == []

    assert clear() == 1

    assert archive(desk, job).read_bytes() == written
    assert desk.faults() == []


def test_what_was_tampered_with_stays(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    job = desk.job("cancelled")
    if not desk.database.is_sqlite:
        behind(desk, f"UPDATE {LINES} SET note = 'forged'")
    else:
        desk.sql("DROP TRIGGER job_status_logs_no_update", f"UPDATE {LINES} SET note = 'forged'")

    with caplog.at_level(logging.ERROR):
        assert clear() == 0

    assert kept(desk, job) == ["create", "cancel"]
    assert "was changed. This history is not archived." in caplog.text


@pytest.mark.parametrize(
    "leave",
    [
        "",
        "INSERT INTO sealings (job_id, seal_id, never) VALUES (1, 2, 0)",
        "INSERT INTO sealings (job_id, seal_id, never) VALUES (1, 99, 0)",
        "INSERT INTO sealings (job_id, seal_id, never) VALUES (2, 4, 0)",
    ],
)
def test_the_database_lets_go_of_nothing_else(desk: Desk, leave: str) -> None:
    jobs = [desk.job("cancelled"), desk.job("cancelled")]

    with pytest.raises(DBAPIError, match="the history of a job cannot be changed"):
        desk.sql(*filter(None, [leave, f"DELETE FROM {LINES} WHERE job_id = 1 AND id = 1"]))

    assert [kept(desk, job) for job in jobs] == [["create", "cancel"]] * 2


def test_a_seal_does_not_open_the_door_for_good(desk: Desk) -> None:
    desk.job("cancelled")
    clear()

    with pytest.raises(DBAPIError, match="the history of a job cannot be changed"):
        desk.sql(f"DELETE FROM {LINES}")


@pytest.mark.parametrize("row", ["1, 1, 0", "1, 1, 1", "0, 0, 0"])
def test_the_leave_cannot_be_kept(desk: Desk, row: str) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key|check"):
        desk.sql(f"INSERT INTO sealings (job_id, seal_id, never) VALUES ({row})")


def test_two_processes_at_once(desk: Desk) -> None:
    jobs = [desk.job("cancelled") for _ in range(5)]

    with ThreadPoolExecutor(2) as pool:
        cleared = [int(printed) for printed in pool.map(desk.elsewhere, [CLEARS] * 2)]

    assert sum(cleared) == 5
    assert [kept(desk, job) for job in jobs] == [["archive"]] * 5
    assert len(list((desk.folder / "archive").iterdir())) == 5
    assert desk.faults() == []


def test_what_is_added_while_it_is_written_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    job, write = desk.job("completed"), archives.write

    def meanwhile(*said: Any) -> str:
        files.keep_all(job.key, by=desk.who("bea"))
        return write(*said)

    monkeypatch.setattr(archives, "write", meanwhile)

    assert clear() == 0
    assert kept(desk, job)[-2:] == ["complete", "keep_files"]
    assert desk.faults() == []


def test_a_hold_of_long_ago_is_archived_too(desk: Desk) -> None:
    job = desk.job("in_progress")
    holds.put_on_hold(job.key, "waiting", by=desk.who("bea"))
    desk.make(job, "cancel", by="ada")

    assert clear() == 1
    assert desk.faults() == []
