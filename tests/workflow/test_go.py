"""Going by name: a caller says where the order shall stand, and the lifecycle finds the action."""

import pytest

from models.status import Status
from tests.desk import ROUTES, Desk, listening, on_sqlite, refused
from workflow import moves
from workflow.refusals import Conflict, InvalidField, InvalidTransition

pytestmark = on_sqlite  # no database decides any of it


def test_a_status_can_be_named(desk: Desk) -> None:
    job = desk.job("in_progress")

    went = moves.go(job, Status.delivered, by=desk.who("wren"), note="Here you are")

    assert went.status is Status.delivered
    assert [(line.action, line.note) for line in desk.history(job)][-1] == ("deliver", "Here you are")


@pytest.mark.parametrize("status", ROUTES)
def test_where_it_stands_nothing_happens(desk: Desk, status: str) -> None:
    job = desk.job(status)
    lines, version = len(desk.history(job)), job.version

    with listening() as heard:
        assert moves.go(job, Status(status), by=desk.who("ada"), note="again") is job

    assert (len(desk.history(job)), desk.see(job).version, heard) == (lines, version, [])
    assert desk.news_of("cleo") == []


@pytest.mark.parametrize("status", [status for status in ROUTES if status != "revision_pending"])
def test_nobody_names_a_pending_revision(desk: Desk, status: str) -> None:
    with pytest.raises(InvalidTransition):
        moves.go(desk.job(status), Status.revision_pending, by=desk.who("ada"))


def test_used_up_revisions_land_there(desk: Desk) -> None:
    job = desk.job("delivered", included_revisions=0)

    went = moves.go(job, Status.revision, by=desk.who("cleo"))

    assert went.status is Status.revision_pending


def test_what_was_seen_must_stand(desk: Desk) -> None:
    seen = desk.job("in_progress")
    moves.go(seen, Status.editing, by=desk.who("wren"))

    with refused(f"Order {seen.display_id} has changed in the meantime", Conflict) as refusal:
        moves.go(seen, Status.delivered, by=desk.who("bea"))

    assert isinstance(refusal.value, Conflict)
    assert refusal.value.job.status is Status.editing


def test_an_old_version_is_refused(desk: Desk) -> None:
    job = desk.job("in_progress")

    with pytest.raises(Conflict):
        moves.go(job, Status.in_progress, by=desk.who("wren"), version=job.version - 1)


def test_an_unknown_writer_is_refused(desk: Desk) -> None:
    with refused("There is no such writer.", InvalidField):
        moves.go(desk.job("approved"), Status.assigned, by=desk.who("bea"), writer_id=4711)
