"""Numbers: how many orders stand where, of those that somebody may see; in the database as on the order itself."""

from datetime import timedelta

from models import clock, database
from models.listing import Listing
from models.order_counts import Numbers, numbers
from models.status import Status
from tests.desk import Desk, later
from workflow.orders import comments


def numbers_of(desk: Desk, name: str) -> Numbers:
    with database.reading() as session:
        return numbers(session, desk.who(name))


def test_each_sees_the_numbers_of_their_own(desk: Desk) -> None:
    desk.job()
    desk.job(client="carl")
    desk.job("assigned", writer="wren")

    assert numbers_of(desk, "bea").at == {Status.pending: 2, Status.assigned: 1}
    assert numbers_of(desk, "carl").at == {Status.pending: 1}
    assert numbers_of(desk, "wren").at == {Status.assigned: 1}
    assert numbers_of(desk, "wolf").of(Status) == 0


def test_what_is_at_risk_is_so_in_the_database_too(desk: Desk) -> None:
    past, soon, later = (clock.now() + timedelta(hours=hours) for hours in (-1, 20, 30))
    jobs = [
        desk.put(desk.job(status), deadline=deadline, writer_deadline=own, hold_reason=held)
        for status in ("pending", "assigned", "editing", "delivered")
        for deadline, own in [(past, None), (soon, None), (later, None), (later, past), (None, past), (None, None)]
        for held in (None, "Waiting")
    ]

    assert numbers_of(desk, "bea").at_risk == sum(job.is_at_risk for job in jobs) > 0


def test_what_nothing_happens_to_has_stalled(desk: Desk) -> None:
    quiet, talked_of, _held, _over = (
        desk.job("in_progress"),
        desk.job("delivered"),
        desk.put(desk.job("pending"), hold_reason="Waiting"),
        desk.job("completed"),
    )
    with later(days=4):
        comments.say(talked_of.key, "Any news?", by=desk.who("cleo"))

    with later(days=5), database.reading() as session:
        found = Listing(concern="stalled").jobs(session, desk.who("bea"))
        assert [job.id for job in found] == [quiet.id]
        assert numbers(session, desk.who("bea")).stalled == 1
