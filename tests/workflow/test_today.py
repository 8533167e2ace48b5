"""What a rule would do today: counted by its own conditions, over the orders that run."""

from models import clock, database
from tests.desk import Desk, on_sqlite
from workflow import today


def told() -> dict[str, str]:
    """What each rule does today, or would do."""
    with database.reading() as session:
        return today.told(session)


@on_sqlite
def test_nothing_is_done_to_no_orders(desk: Desk) -> None:
    desk.job("completed", amount=100)
    desk.rules(deposit_first=True, writer_capacity=1)

    said = told()

    assert said["deposit_first"] == "Holds back no order today."
    assert said["paid_before_completion"] == "Would hold back no order today."
    assert said["writer_capacity"] == "Every writer has room today."


def test_what_a_rule_would_do(desk: Desk) -> None:
    desk.put(desk.job("pending", amount=100), amount_paid=50)
    desk.job("pending", amount=100)
    desk.put(desk.job("in_progress"), final_file_at=clock.now())
    desk.job("in_progress")
    desk.job("editing")
    desk.job("delivered", amount=100)
    desk.put(desk.job("delivered", amount=100), hold_reason="Wait")
    desk.job("approved")

    assert told() == {
        "deposit_first": "Would hold back 1 order today.",
        "paid_before_completion": "Would hold back 2 orders today.",
        "editing_is_required": "Would hold back 2 orders today.",
        "file_before_delivery": "Would hold back 2 orders today.",
        "writers_may_claim": "Would offer 1 order today.",
        "writer_capacity": "No writer has more than 3 orders in hand today.",
        "auto_complete_days": "1 delivered order waits for its client today.",
        "second_factor_days": "3 managers and admins have none today; the page of people says who.",
    }


@on_sqlite
def test_what_a_rule_does(desk: Desk) -> None:
    desk.put(desk.job("pending", amount=100), amount_paid=50)
    desk.job("in_progress")
    desk.rules(deposit_first=True, deposit_percent=60, writer_capacity=1)

    said = told()

    assert said["deposit_first"] == "Holds back 1 order today."
    assert said["writer_capacity"] == "1 writer has no room today."
