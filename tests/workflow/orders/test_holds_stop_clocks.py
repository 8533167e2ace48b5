"""A hold stops the clocks: what is on hold is neither late nor at risk, wherever somebody looks."""

from datetime import timedelta

from models import clock, database
from models.listing import Listing
from tests.desk import Desk


def test_what_is_on_hold_is_not_at_risk(desk: Desk) -> None:
    past = clock.now() - timedelta(hours=1)
    running, held = desk.put(desk.job("in_progress"), deadline=past), desk.put(desk.job("in_progress"), deadline=past)
    held = desk.put(held, hold_reason="photos")

    assert [(job.is_at_risk, job.is_overdue, job.is_late_by_writer) for job in (running, held)] == [
        (True, True, True),
        (False, False, False),
    ]
    with database.reading() as session:
        assert [job.key for job in Listing(overdue=True).page(session, desk.who("bea"))[0]] == [running.key]
