"""The rules: all off until somebody sets them."""

from models import Rules, database
from tests.desk import Desk


def test_all_rules_are_off_first(desk: Desk) -> None:
    with database.reading() as session:
        rules = Rules.get(session).model_dump(exclude={"id", "deposit_percent"})

    assert not any(rules.values())


def test_rules_are_kept(desk: Desk) -> None:
    desk.rules(deposit_first=True, deposit_percent=30, writer_capacity=4)

    with database.reading() as session:
        rules = Rules.get(session)
    assert (rules.deposit_first, rules.deposit_percent, rules.writer_capacity) == (True, 30, 4)
    assert not rules.paid_before_completion


def test_the_deposit_is_half_by_default() -> None:
    assert Rules().deposit_percent == 50
