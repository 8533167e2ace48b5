"""The bulk preview: it says of each order what would become of it, and then just that becomes of it."""

import pytest
from sqlmodel import select

from models import StatusLog, database
from models.status import Status
from tests.desk import Desk, on_sqlite, refused
from tests.workflow.orders.mixed import STRICT, hundred, rows
from workflow.orders import bulk, bulk_preview
from workflow.orders.bulk_wish import Wish
from workflow.refusals import Forbidden, InvalidField, NoOrders, TooManyOrders

pytestmark = on_sqlite  # no database decides any of it

WISHES = {
    "approved": {"approve"},
    "assigned": {"assign"},
    "in_progress": {"start", "resume"},
    "editing": {"submit"},
    "delivered": {"deliver"},
    "revision": {"request_revision"},
    "completed": {"complete"},
    "cancelled": {"cancel"},
}


@pytest.mark.parametrize("wanted", WISHES)
def test_the_preview_is_the_outcome(desk: Desk, wanted: str) -> None:
    ids = [*hundred(desk, 99), 4711]
    desk.rules(**STRICT)
    wish = Wish(tuple(ids), Status(wanted), writer_id=desk.who("wolf").id if wanted == "assigned" else None)

    seen = bulk_preview.preview(wish, by=desk.who("bea"))
    done = bulk.update(wish, by=desk.who("bea"), token=seen.token)

    foreseen = [(verdict.order_id, verdict.target, " ".join(verdict.reasons)) for verdict in seen.verdicts]
    assert foreseen == [(line.order_id, line.new_status, line.error or "") for line in done.outcomes]
    assert [order_id for order_id, _, _ in foreseen] == ids
    assert {line.success for line in done.outcomes} == {True, False}
    assert actions() == WISHES[wanted]


@pytest.mark.parametrize("in_hand", [0, 1])
def test_room_is_counted_order_by_order(desk: Desk, in_hand: int) -> None:
    ids = tuple(desk.put(desk.job(), status="approved").key for _ in range(5))
    for _ in range(in_hand):
        desk.put(desk.job(), status="editing", writer_id=desk.who("wolf").id)
    desk.rules(writer_capacity=2 + in_hand)
    wish = Wish(ids, Status.assigned, writer_id=desk.who("wolf").id)

    seen = bulk_preview.preview(wish, by=desk.who("ada"))
    results = bulk.update(wish, by=desk.who("ada")).outcomes

    full = [f"Wolf already has {2 + in_hand} of {2 + in_hand} orders in hand. You can choose another writer."]
    assert [verdict.reasons for verdict in seen.verdicts] == [[], [], full, full, full]
    assert [line.success for line in results] == [True, True, False, False, False]


def test_a_used_up_round_is_foreseen(desk: Desk) -> None:
    left, used_up = desk.job("delivered"), desk.job("delivered", included_revisions=0)
    wish = Wish((left.key, used_up.key), Status.revision)

    seen = bulk_preview.preview(wish, by=desk.who("bea"))
    done = bulk.update(wish, by=desk.who("bea"), token=seen.token)

    assert [verdict.target for verdict in seen.verdicts] == ["revision", "revision_pending"]
    assert [line.new_status for line in done.outcomes] == ["revision", "revision_pending"]


def test_a_preview_changes_nothing(desk: Desk) -> None:
    ids = tuple(hundred(desk))
    tables = ("jobs", "job_status_logs", "notifications", "letters", "rings", "bulk_operations")
    before = rows(*tables)

    bulk_preview.preview(Wish(ids, Status.cancelled), by=desk.who("bea"))

    assert rows(*tables) == before


def test_an_unknown_order_is_a_verdict(desk: Desk) -> None:
    job = desk.job()

    verdicts = bulk_preview.preview(Wish((4711, job.key), Status.approved), by=desk.who("bea")).verdicts

    assert [(verdict.order_id, verdict.reasons) for verdict in verdicts] == [
        (4711, ["There is no such order."]),
        (job.id, []),
    ]


def test_the_same_sentence_is_everywhere(desk: Desk) -> None:
    job = desk.job("delivered", amount=500, manager="bea")
    desk.rules(paid_before_completion=True)

    (verdict,) = bulk_preview.preview(Wish((job.key,), Status.completed), by=desk.who("ada")).verdicts

    assert verdict.reasons == ["The order is not paid yet. You can record a payment."]
    with refused(verdict.reasons[0]):
        desk.make(job, "complete", by="ada")


def test_what_is_no_wish(desk: Desk) -> None:
    with pytest.raises(NoOrders):
        Wish((), Status.approved)
    with pytest.raises(TooManyOrders, match="At most 100 orders"):
        Wish(tuple(range(1, 102)), Status.approved)
    with refused("There is no such writer.", InvalidField):
        bulk_preview.preview(Wish((1,), Status.assigned, writer_id=4711), by=desk.who("bea"))
    assert Wish((1, 2) * 100, Status.approved).order_ids == (1, 2)


@pytest.mark.parametrize("name", ["cleo", "wren"])
def test_only_staff_work_in_bulk(desk: Desk, name: str) -> None:
    job = desk.job("in_progress")
    wish = Wish((job.key,), Status.delivered)

    for attempt in (bulk_preview.preview, bulk.update):
        with refused("Only the agency can work with many orders at once.", Forbidden):
            attempt(wish, by=desk.who(name))

    assert desk.see(job).status == "in_progress"


def actions() -> set[str]:
    """All that was done."""
    with database.reading() as session:
        return set(session.exec(select(StatusLog.action)))
