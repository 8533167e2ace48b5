"""Kinds of work: what an admin offers, what it costs, and what an order of it becomes."""

import pytest

from models import WorkType, database
from tests.desk import Desk, on_sqlite, refused
from workflow.orders import placing, work_types
from workflow.orders.terms import Order
from workflow.orders.work_types import Offer
from workflow.refusals import Forbidden, InvalidField

pytestmark = on_sqlite  # no database decides any of it

ARTICLE = Offer("Article", price=1250, per=100, usual_days=5, questions=("Who will read it?", " "))


def offered() -> list[str]:
    """What can be ordered."""
    with database.reading() as session:
        return [kind.name for kind in WorkType.offered(session)]


def test_an_admin_offers_a_kind_of_work(desk: Desk) -> None:
    kind = work_types.save(ARTICLE, by=desk.who("ada"))

    assert offered() == ["Article"]
    assert (kind.unit, kind.usual_days, kind.questions) == ("words", 5, ["Who will read it?"])


def test_a_change_does_not_touch_what_was_ordered(desk: Desk) -> None:
    kind = work_types.save(ARTICLE, by=desk.who("ada"))
    job = desk.job(work_type="Article", quantity=1000)

    work_types.save(Offer("Article", price=9900), kind.key, by=desk.who("ada"))

    assert desk.see(job).amount == 12_500
    assert desk.job(work_type="Article", quantity=2).amount == 19_800


def test_what_is_offered_no_more_has_no_price(desk: Desk) -> None:
    kind = work_types.save(ARTICLE, by=desk.who("ada"))

    work_types.set_offered(kind.key, False, by=desk.who("ada"))

    assert offered() == []
    assert desk.job(work_type="Article", quantity=1000).amount == 0
    work_types.set_offered(kind.key, True, by=desk.who("ada"))
    assert offered() == ["Article"]


@pytest.mark.parametrize("name", ["cleo", "wren", "bea", "ivy"])
def test_only_admins_make_offers(desk: Desk, name: str) -> None:
    with pytest.raises(Forbidden):
        work_types.save(ARTICLE, by=desk.who(name))
    assert offered() == []


@pytest.mark.parametrize(
    "kind, sentence",
    [
        (Offer(" "), "The name is missing."),
        (Offer("x" * 61), "The name is too long: at most 60 characters fit."),
        (Offer("Tea", unit=""), "The unit is missing."),
        (Offer("Tea", price=-1), "The price must be between 0"),
        (Offer("Tea", price=2**31), "The price must be between 0"),
        (Offer("Tea", per=0), "The number of units must be between 1"),
        (Offer("Tea", usual_days=366), "The usual days are at most 365."),
        (Offer("Tea", questions=("?",) * 21), "At most 20 questions can be asked."),
        (Offer("Tea", questions=("x" * 201,)), "The question is too long: at most 200 characters fit."),
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, kind: Offer, sentence: str) -> None:
    with refused(sentence, InvalidField):
        work_types.save(kind, by=desk.who("ada"))


def test_two_kinds_have_two_names(desk: Desk) -> None:
    work_types.save(ARTICLE, by=desk.who("ada"))

    with refused("There is a kind of work with this name already.", InvalidField):
        work_types.save(ARTICLE, by=desk.who("ada"))


@pytest.mark.parametrize("quantity, amount", [(1, 13), (4, 50), (100, 1250), (1001, 12_513)])
def test_half_a_cent_is_rounded_up(desk: Desk, quantity: int, amount: int) -> None:
    work_types.save(ARTICLE, by=desk.who("ada"))

    assert desk.job(work_type="Article", quantity=quantity).amount == amount


def test_the_list_decides_unless_somebody_else_does(desk: Desk) -> None:
    work_types.save(Offer("Poster", unit="pages", price=5000), by=desk.who("ada"))

    orders = [Order("Tea", work_type=kind, quantity=3, amount=amount, client_id=desk.who("cleo").id)
              for kind, amount in (("Poster", None), ("Poster", 100), ("Song", None))]  # fmt: skip
    listed, agreed, unknown = (placing.place(order, by=desk.who("bea")) for order in orders)

    assert (listed.amount, listed.unit) == (15_000, "pages")
    assert (agreed.amount, agreed.unit) == (100, "pages")
    assert (unknown.amount, unknown.unit) == (0, "words")


def test_more_than_money_can_say_is_refused(desk: Desk) -> None:
    work_types.save(Offer("Palace", price=2_000_000_000), by=desk.who("ada"))

    with refused("The amount must be between", InvalidField):
        placing.place(Order("Two", work_type="Palace", quantity=2), by=desk.who("cleo"))


def test_answers_are_kept_with_the_order(desk: Desk) -> None:
    job = desk.job(answers=(("Who will read it?", " Bees "), ("When?", "")))

    assert job.answers == [{"question": "Who will read it?", "answer": "Bees"}]
