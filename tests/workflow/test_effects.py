"""The effects: what an action changes on the order besides its status."""

from datetime import timedelta

import pytest

from models import clock
from tests.desk import Desk, later, on_sqlite

pytestmark = on_sqlite  # no database decides any of it


@pytest.mark.parametrize(
    "action, status, stamp",
    [
        ("approve", "pending", "approved_at"),
        ("complete", "delivered", "completed_at"),
        ("cancel", "editing", "cancelled_at"),
    ],
)
def test_an_action_leaves_its_time(desk: Desk, action: str, status: str, stamp: str) -> None:
    job = desk.job(status)
    assert getattr(job, stamp) is None

    with later(days=3):
        desk.make(job, action, by="ada")

    assert (getattr(job, stamp) - clock.now()).days == 2


def test_who_approves_manages_the_order(desk: Desk) -> None:
    job = desk.job()

    desk.make(job, "approve", by="bob")

    assert job.manager_id == desk.who("bob").id


def test_an_approving_admin_manages_nothing(desk: Desk) -> None:
    job = desk.job()

    desk.make(job, "approve", by="ada")

    assert job.manager_id is None


def test_a_manager_is_not_replaced(desk: Desk) -> None:
    job = desk.put(desk.job(), manager_id=desk.who("bea").id)

    desk.make(job, "approve", by="bob")

    assert job.manager_id == desk.who("bea").id


def test_the_chosen_writer_gets_it(desk: Desk) -> None:
    job = desk.job("approved")

    desk.make(job, "assign", by="bob", writer="wolf")

    assert job.writer_id == desk.who("wolf").id


def test_a_writers_deadline_stands_until_another_is_set(desk: Desk) -> None:
    first, second = desk.job("approved"), desk.job("approved")
    soon = clock.now() + timedelta(days=1)

    desk.make(first, "assign", by="bob", writer="wolf", writer_deadline=soon)
    desk.make(desk.put(second, writer_deadline=soon), "assign", by="bob", writer="wolf")

    assert first.writer_deadline == second.writer_deadline == soon


def test_files_go_a_week_after_the_completion(desk: Desk) -> None:
    job = desk.job("completed")

    assert job.completed_at
    assert job.delete_files_at == job.completed_at + timedelta(days=7)


def test_a_revision_is_asked_for(desk: Desk) -> None:
    job = desk.job("delivered")

    desk.make(job, "request_revision", by="cleo", note="for the history", revision_notes="Shorter, please")

    assert (job.revision_requested, job.revision_notes, job.revision_count) == (True, "Shorter, please", 1)
    assert job.revision_requested_at
    assert desk.history(job)[-1].note == "Shorter, please\n\nfor the history"


def test_a_note_will_do_for_it(desk: Desk) -> None:
    job = desk.job("delivered")

    desk.make(job, "request_revision", by="bea", note="Shorter, please")

    assert job.revision_notes == "Shorter, please"


@pytest.mark.parametrize("status, by", [("revision", "wren"), ("revision_pending", "bea")])
def test_taking_up_answers_the_request(desk: Desk, status: str, by: str) -> None:
    job = desk.job(status)
    assert job.revision_requested

    desk.make(job, "resume", by=by)

    assert (job.revision_requested, job.revision_count) == (False, 1)


def test_rounds_are_counted_to_the_end(desk: Desk) -> None:
    job = desk.job("revision", included_revisions=1)
    desk.make(job, "resume", by="wren")
    desk.make(job, "deliver", by="wren")

    desk.make(job, "request_revision", by="cleo")

    assert (job.status, job.revision_count) == ("revision_pending", 2)


@pytest.mark.parametrize(
    "by, said, approved", [("cleo", False, True), ("bea", False, False), ("bea", True, True)], ids=str
)
def test_the_client_signs_off(desk: Desk, by: str, said: bool, approved: bool) -> None:
    job = desk.job("delivered")

    desk.make(job, "complete", by=by, client_approved=said)

    assert job.client_approved is approved
