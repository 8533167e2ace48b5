"""Amending: what was ordered changes, the history says how, and each reader learns what is theirs to know."""

from datetime import UTC, datetime
from typing import Any

import pytest

from models import Job
from tests.desk import Desk, on_sqlite, refused
from workflow.history.visibility import readable_lines, readable_note
from workflow.orders import amending, work_types
from workflow.orders.work_types import Offer
from workflow.refusals import ConditionNotMet, Conflict, Forbidden, InvalidField, NotFound

MONDAY, TUESDAY = (datetime(2030, 4, day, 12, tzinfo=UTC) for day in (1, 2))


def amend(desk: Desk, job: Job, by: str, **changes: Any) -> Job:
    """Have somebody change an order."""
    amending.amend(job.key, changes, by=desk.who(by))
    return desk.see(job)


def told(desk: Desk, job: Job, name: str) -> list[str | None]:
    """What the history tells somebody, from the first change on."""
    reader = desk.who(name)
    lines = [line for line in readable_lines(desk.history(job), reader) if line.action != "create"]
    return [readable_note(line, reader) for line in lines]


def test_a_client_changes_what_is_not_yet_accepted(desk: Desk) -> None:
    job = desk.job(title="Tea", deadline=MONDAY)

    job = amend(desk, job, "cleo", title="Green tea", quantity=3, deadline=TUESDAY, instructions="Hot")

    assert (job.title, job.quantity, job.deadline, job.instructions) == ("Green tea", 3, TUESDAY, "Hot")
    note = "title: Tea → Green tea; instructions rewritten; quantity: 1 → 3; "
    assert told(desk, job, "cleo") == [f"{note}deadline: 1 Apr 2030, 12:00 → 2 Apr 2030, 12:00"]
    assert desk.news_of("ada") == ['Order "Green tea": What was ordered has been changed']
    assert desk.news_of("cleo") == []
    assert desk.faults() == []


def test_once_accepted_it_is_for_the_agency(desk: Desk) -> None:
    job = desk.job("approved")

    with refused("The agency has accepted the order as it is: ask them for changes.", ConditionNotMet):
        amend(desk, job, "cleo", title="Other")
    assert amend(desk, job, "bea", title="Other").title == "Other"


@pytest.mark.parametrize("part", ["amount", "writer_deadline", "work_type", "unit"])
def test_some_parts_are_the_agencys(desk: Desk, part: str) -> None:
    new: dict[str, Any] = {"amount": 5, "writer_deadline": MONDAY, "work_type": "Poem", "unit": "lines"}

    with refused("Only the agency can change this.", Forbidden):
        amend(desk, desk.job(), "cleo", **{part: new[part]})


def test_a_writer_changes_nothing(desk: Desk) -> None:
    with refused("Only the agency and the client can change what was ordered.", Forbidden):
        amend(desk, desk.job("in_progress"), "wren", title="Mine")


def test_others_orders_are_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        amend(desk, desk.job(), "carl", title="Mine")


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_what_is_over_stays(desk: Desk, status: str) -> None:
    with refused(f"The order is {status}; nothing of it is changed any more.", ConditionNotMet):
        amend(desk, desk.job(status), "ada", title="Other")


def test_money_is_not_the_writers_to_know(desk: Desk) -> None:
    job = amend(desk, desk.job("in_progress", amount=1000), "bea", amount=2000, title="More")

    assert told(desk, job, "cleo")[-1] == told(desk, job, "ada")[-1] == "amount: 10.00 EUR → 20.00 EUR"
    assert told(desk, job, "wren")[-1] == "title: Research Paper → More"
    assert desk.news_of("wren") == ['Order "More": What was ordered has been changed']
    assert len(desk.news_of("cleo")) == 2


def test_the_writers_deadline_is_the_teams_to_know(desk: Desk) -> None:
    job = amend(desk, desk.job("in_progress"), "bea", writer_deadline=MONDAY)

    assert told(desk, job, "wren")[-1] == "writer’s deadline: none → 1 Apr 2030, 12:00"
    assert desk.news_of("wren") == ['Order "Research Paper": The writer’s deadline has been changed']
    assert len(told(desk, job, "cleo")) == len(told(desk, job, "wren")) - 1
    assert desk.news_of("cleo") == []


def test_a_new_quantity_has_the_lists_price(desk: Desk) -> None:
    work_types.save(Offer("Article", price=10), by=desk.who("ada"))
    listed, agreed = desk.job(work_type="Article", quantity=10), desk.job(work_type="Article", quantity=10)
    amend(desk, agreed, "bea", amount=7)

    assert amend(desk, listed, "cleo", quantity=2000).amount == 20_000
    assert amend(desk, listed, "cleo", quantity=20).amount == 200
    assert amend(desk, agreed, "cleo", quantity=20).amount == 7


def test_another_kind_of_work_has_its_own_price_and_unit(desk: Desk) -> None:
    work_types.save(Offer("Article", price=10), by=desk.who("ada"))
    work_types.save(Offer("Poster", price=5000, unit="pages"), by=desk.who("ada"))
    listed, unpriced = desk.job(work_type="Article", quantity=2), desk.job(quantity=3)

    assert (amend(desk, listed, "bea", work_type="Poster").amount, desk.see(listed).unit) == (10_000, "pages")
    assert amend(desk, unpriced, "bea", work_type="Poster").amount == 15_000
    assert amend(desk, unpriced, "bea", work_type="Article", quantity=5).amount == 50


def test_nothing_new_is_no_change(desk: Desk) -> None:
    job = desk.job(title="Tea")
    before = job.version

    assert amend(desk, job, "bea", title=" Tea ", quantity=1).version == before
    assert len(desk.history(job)) == 1


def test_what_has_moved_on_is_looked_at_again(desk: Desk) -> None:
    job = desk.job()
    version = job.version
    amend(desk, job, "bea", title="Hers")

    with pytest.raises(Conflict):
        amending.amend(job.key, {"title": "Mine"}, by=desk.who("cleo"), version=version)
    assert desk.see(job).title == "Hers"


@on_sqlite
@pytest.mark.parametrize("part, value", [("title", " "), ("quantity", 0), ("amount", -1), ("client_id", 2)])
def test_what_does_not_fit_is_refused(desk: Desk, part: str, value: Any) -> None:
    job = desk.job()

    with pytest.raises(InvalidField):
        amend(desk, job, "bea", **{part: value})
    assert len(desk.history(job)) == 1


def test_a_writer_is_given_a_deadline(desk: Desk) -> None:
    job = desk.job("approved", deadline=TUESDAY)

    desk.make(job, "assign", by="bea", writer="wren", writer_deadline=MONDAY)

    assert (job.writer_deadline, job.due(desk.who("wren")), job.due(desk.who("cleo"))) == (MONDAY, MONDAY, TUESDAY)
