"""The price list over the API: it fills in what an order leaves open, and each reader sees their part of it."""

import pytest

from models import WorkType, clock, database
from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite
from workflow.orders import work_types
from workflow.orders.work_types import Offer

pytestmark = on_sqlite  # no database decides any of it


@pytest.fixture(autouse=True)
def poster(desk: Desk) -> None:
    """A poster costs fifty a page."""
    work_types.save(Offer("Poster", unit="pages", price=5000), by=desk.who("ada"))


def test_the_list_fills_in_what_is_left_open(by: By) -> None:
    listed = by("cleo").place(workType="Poster", quantity=3).json()
    as_written = by("cleo").place(workType=" poster", quantity=3).json()
    something_else = by("cleo").place(quantity=3).json()

    assert (listed["amount"], listed["unit"]) == ("150.00", "pages")
    assert (as_written["amount"], as_written["workType"]) == ("150.00", "Poster")
    assert (something_else["amount"], something_else["unit"]) == ("0.00", "words")


@pytest.mark.parametrize(
    "field, value",
    [
        ("amount", "0.00"),
        ("includedRevisions", 1000),
        ("workType", "Song"),
        ("unit", "books"),
        ("answers", [{"question": "Free?", "answer": "Yes"}]),
    ],
)
def test_terms_are_not_the_clients_to_say(desk: Desk, by: By, field: str, value: object) -> None:
    fields = {"workType": "Poster", "quantity": 3, field: value}

    answer = by("cleo").place(**fields)

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", field)
    assert by("bea").place(clientId=desk.who("cleo").id, **fields).status_code == 201


def test_an_offer_for_something_else_stands(by: By) -> None:
    assert by("cleo").place(amount="12.50").json()["amount"] == "12.50"


def test_what_is_withdrawn_is_not_ordered(desk: Desk, by: By) -> None:
    work_types.save(Offer("Poem", price=1), by=desk.who("ada"))
    with database.reading() as session:
        poster = WorkType.meant(session, "Poster")
    work_types.set_offered(poster.key if poster else 0, False, by=desk.who("ada"))

    answer = by("cleo").place(workType="Poster")

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", "workType")


def test_answers_come_with_the_order(desk: Desk, by: By) -> None:
    work_types.save(Offer("Poem", questions=("For whom?",)), by=desk.who("ada"))

    job = by("cleo").place(workType="Poem", answers=[{"question": "For whom?", "answer": "Bees"}]).json()

    assert job["answers"] == [{"question": "For whom?", "answer": "Bees"}]


def test_what_is_said_stands(desk: Desk, by: By) -> None:
    job = by("bea").place(clientId=desk.who("cleo").id, workType="Poster", quantity=3, amount="99", unit="sheets")

    assert (job.json()["amount"], job.json()["unit"]) == ("99.00", "sheets")


def test_more_than_money_can_say_is_refused(by: By) -> None:
    answer = by("cleo").place(workType="Poster", quantity=2_000_000)

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", "amount")


def test_the_writers_deadline_is_not_the_clients_to_read(desk: Desk, by: By) -> None:
    job = desk.put(desk.job("in_progress"), writer_deadline=clock.now())

    assert by("cleo").read(job)["writerDeadline"] is None
    assert by("cleo").get("/api/jobs").json()["items"][0]["writerDeadline"] is None
    assert by("wren").read(job)["writerDeadline"] == by("bea").read(job)["writerDeadline"]
    assert by("wren").read(job)["writerDeadline"]


def test_answers_are_read_by_those_around_the_order(desk: Desk, by: By) -> None:
    job = desk.job("in_progress", answers=(("Who will read it?", "Bees"),))

    for reader in ("cleo", "wren", "bea"):
        assert by(reader).read(job)["answers"] == [{"question": "Who will read it?", "answer": "Bees"}]
