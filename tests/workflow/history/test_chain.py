"""The records: whatever is done to a history behind its back, the walk through it finds it."""

import sqlite3

import pytest

from models import Job, database
from tests.desk import Desk
from workflow import moves
from workflow.history import verification
from workflow.orders import placing
from workflow.orders.terms import Order

LINES = "job_status_logs"
FORGED = f"""
INSERT INTO {LINES} (id, job_id, action, old_status, new_status, changed_by, note, created_at, previous_hash, hash)
SELECT 99, job_id, action, old_status, new_status, changed_by, note, created_at, {{previous}}, hash FROM {LINES}
WHERE id = 2
"""

# what is done to a history of the lines 1 (create), 2 (approve), 3 (assign) and 4 (start), and what is found
TAMPERING = {
    "a note changed": (f"UPDATE {LINES} SET note = 'all is well' WHERE id = 2", "line 2 was changed"),
    "an actor changed": (f"UPDATE {LINES} SET changed_by = 1 WHERE id = 3", "line 3 was changed"),
    "a status changed": (f"UPDATE {LINES} SET new_status = 'editing' WHERE id = 4", "line 4 was changed"),
    "a time changed": (
        f"UPDATE {LINES} SET created_at = (SELECT created_at FROM {LINES} WHERE id = 1) WHERE id = 4",
        "line 4 was changed",
    ),
    "a hash changed": (f"UPDATE {LINES} SET hash = 'é' WHERE id = 3", "line 3 was changed"),
    "the first removed": (f"DELETE FROM {LINES} WHERE id = 1", "a line before 2 was removed or inserted"),
    "one removed": (f"DELETE FROM {LINES} WHERE id = 3", "a line before 4 was removed or inserted"),
    "one inserted": (FORGED.format(previous="previous_hash"), "a line before 99 was removed or inserted"),
    "one well inserted": (
        FORGED.format(previous=f"(SELECT hash FROM {LINES} WHERE id = 4)"),
        "line 99 was changed",
    ),
    "the last cut off": (f"DELETE FROM {LINES} WHERE id = 4", "its last lines were cut off"),
    "all removed": (f"DELETE FROM {LINES}", "its whole history is missing"),
    "the order changed": ("UPDATE jobs SET status = 'editing'", "the order says editing, its history in_progress"),
}


def behind(desk: Desk, statement: str) -> None:
    """Do something to the database as its owner can: without triggers and foreign keys."""
    if desk.database.is_sqlite:
        with sqlite3.connect(desk.folder / "docket.db") as connection:
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            connection.execute(statement)
        connection.close()
    else:
        desk.sql("SET LOCAL session_replication_role = replica", statement)


def test_no_order_has_no_history(desk: Desk) -> None:
    assert desk.faults() == []
    with database.reading() as session:
        assert verification.all_is_whole(session) == verification.NO_ORDER

    desk.job()

    with database.reading() as session:
        assert verification.all_is_whole(session) == "Every history is whole."


@pytest.mark.parametrize("statement, fault", TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(desk: Desk, statement: str, fault: str) -> None:
    job = desk.job("in_progress")
    desk.job("approved")

    behind(desk, statement)

    assert desk.faults()[0] == f"{job.display_id}: {fault}"


def test_only_what_was_touched_is_named(desk: Desk) -> None:
    desk.job("delivered")
    job = desk.job("approved")

    behind(desk, f"UPDATE {LINES} SET action = 'cancel' WHERE job_id = {job.id} AND action = 'approve'")

    (fault,) = desk.faults()
    assert fault.startswith(f"{job.display_id}: line ")


def test_untouched_records_are_whole(desk: Desk) -> None:
    for status in ("completed", "cancelled", "revision_pending"):
        desk.job(status)

    assert desk.faults() == []


def test_a_line_cannot_change_orders(desk: Desk) -> None:
    one, other = desk.job(), desk.job("approved")

    behind(desk, f"UPDATE {LINES} SET job_id = {one.id} WHERE job_id = {other.id} AND action = 'approve'")

    assert [fault.split(":")[0] for fault in desk.faults()] == [one.display_id, other.display_id]


def test_another_secret_fits_nothing(desk: Desk) -> None:
    job = desk.job()
    desk.folder.joinpath("secret.key").unlink()

    Desk(desk.url, desk.folder)

    assert desk.faults() == [f"{job.display_id}: line 1 was changed"]


@pytest.mark.parametrize("lines_too", [True, False], ids=["with its history", "alone"])
def test_a_removed_order_is_missed(desk: Desk, lines_too: bool) -> None:
    first, kept, last = desk.job("approved"), desk.job(), desk.job("approved")
    for gone in (first, last):
        remove(desk, gone, lines_too)

    faults = desk.faults()

    assert {f"order {gone.number} of {gone.year} is missing" for gone in (first, last)} <= set(faults)
    assert not [fault for fault in faults if kept.display_id in fault]
    assert len(faults) == (2 if lines_too else 4)


def test_a_chain_goes_on_after_tampering(desk: Desk) -> None:
    job = desk.job("approved")
    behind(desk, f"UPDATE {LINES} SET note = 'x' WHERE id = 1")

    desk.make(job, "cancel", by="ada")

    assert desk.faults() == [f"{job.display_id}: line 1 was changed"]


def test_many_chains_are_walked(desk: Desk) -> None:
    cleo, bea = desk.who("cleo"), desk.who("bea")
    for _ in range(20):
        moves.make(placing.place(Order("Tea"), by=cleo).key, "approve", by=bea)

    assert desk.faults() == []


def remove(desk: Desk, job: Job, lines_too: bool) -> None:
    """Take an order away, by itself or with all that belongs to it."""
    for table in (LINES, "notifications", "letters") if lines_too else ():
        behind(desk, f"DELETE FROM {table} WHERE job_id = {job.id}")
    behind(desk, f"DELETE FROM jobs WHERE id = {job.id}")
