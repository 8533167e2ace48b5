"""The timeline: what of the history somebody may read."""

from datetime import UTC, datetime

import pytest

from models.payment import Payment
from tests.desk import Desk, on_sqlite
from tests.workflow.at_hand import AT_HAND
from workflow.history.visibility import assigned, booked, first_name_of, name_of, readable_note
from workflow.orders import amending, corrections


@on_sqlite
@pytest.mark.parametrize("name, reads", [("cleo", False), ("wren", True), ("bea", True), ("ada", True)])
def test_talk_of_the_team_stays_there(desk: Desk, name: str, reads: bool) -> None:
    job = desk.job("approved")
    desk.make(job, "assign", by="bea", writer="wren", note="Wolf is too slow")
    desk.make(job, "start", by="wren", note="Off we go")

    notes = [readable_note(line, desk.who(name)) for line in desk.history(job)[2:]]

    assert notes == ["Wolf is too slow" if reads else None, "Off we go"]


def test_deadlines_are_told_on_the_readers_clock(desk: Desk) -> None:
    job = desk.job(deadline=datetime(2030, 2, 1, 8, tzinfo=UTC))
    desk.sql("UPDATE users SET time_zone = 'Asia/Tokyo' WHERE email = 'cleo@example.com'")
    changes = {"title": "due 2030-01-01 00:00 UTC", "deadline": datetime(2030, 3, 9, 23, tzinfo=UTC)}
    amending.amend(job.key, changes, by=desk.who("cleo"))

    line = desk.history(job)[-1]

    title = "title: Research Paper → due 2030-01-01 00:00 UTC; "
    assert readable_note(line, desk.who("cleo")) == f"{title}deadline: 1 Feb 2030, 17:00 → 10 Mar 2030, 08:00"
    assert readable_note(line, desk.who("bea")) == f"{title}deadline: 1 Feb 2030, 08:00 → 9 Mar 2030, 23:00"
    assert desk.faults() == []


def test_who_was_assigned_stays_known_when_another_goes_on(desk: Desk) -> None:
    job = desk.job("assigned")
    assert assigned(desk.history(job), job) == "Wren Walsh"

    corrections.reassign(job.key, desk.who("wolf").key, by=desk.who("bea"))

    assert assigned(desk.history(job), desk.see(job)) == "Wren Walsh"


@pytest.mark.parametrize(
    "name, reader, called", [("cleo", "cleo", "Cleo"), ("wren", "cleo", "Wren"), ("cleo", "wren", "Cleo")]
)
def test_people_are_called_by_name(name: str, reader: str, called: str) -> None:
    assert first_name_of(AT_HAND[name], AT_HAND[reader]) == called
    assert name_of(AT_HAND[name], AT_HAND[reader]) == AT_HAND[name].name


@pytest.mark.parametrize("name, reader", [("cleo", "carl"), ("carl", "cleo")])
def test_no_client_reads_anothers_name(name: str, reader: str) -> None:
    assert first_name_of(AT_HAND[name], AT_HAND[reader]) == "Another client"
    assert name_of(AT_HAND[name], AT_HAND[reader]) == "Another client"


@pytest.mark.parametrize(
    "amount, reverses, said",
    [
        (1, None, "recorded a payment of 0.01 EUR"),
        (-1, None, "recorded 0.01 EUR paid back"),
        (-1, 7, "reversed a payment of 0.01 EUR"),
    ],
)
def test_what_was_booked_is_told(amount: int, reverses: int | None, said: str) -> None:
    assert booked(Payment(job_id=1, recorded_by=1, amount=amount, reverses_id=reverses), "EUR") == said
