"""Departures: who leaves hands over what was in hand, all to one or each to another, in one step with the closing."""

import pytest

from models import Job, database
from tests.desk import Desk, on_sqlite, refused
from workflow.orders import departures
from workflow.refusals import ConditionNotMet, InvalidField


def leave(desk: Desk, name: str = "wren", to: str | None = None, **more: object) -> None:
    """Ada closes somebody's account, and gives their orders to somebody else."""
    heir = desk.who(to).key if to else None
    departures.change(desk.who(name).key, {"active": False}, by=desk.who("ada"), all_to=heir, **more)  # pyright: ignore[reportArgumentType]


def hired(desk: Desk) -> None:
    """Ivy is back."""
    desk.sql("UPDATE users SET active = TRUE")


def writers(desk: Desk, *jobs: Job) -> list[str]:
    return [job.writer.first_name for job in map(desk.see, jobs) if job.writer]


def test_one_takes_all(desk: Desk) -> None:
    jobs = [desk.job(status) for status in ("assigned", "in_progress", "delivered", "completed")]

    leave(desk, to="wolf")

    assert writers(desk, *jobs) == ["Wolf", "Wolf", "Wolf", "Wren"]
    assert not desk.who("wren").active
    assert desk.news_of("wolf") == ['Order "Research Paper": Wolf has taken over the work'] * 3
    assert desk.faults() == []


def test_or_each_goes_to_another(desk: Desk) -> None:
    hired(desk)
    first, second, third = (desk.job("in_progress") for _ in range(3))

    each_to = {first.key: desk.who("ivy").key, third.key: 0}
    leave(desk, to="wolf", each_to=each_to)

    assert writers(desk, first, second, third) == ["Ivy", "Wolf", "Wren"]


def test_what_one_cannot_take_leaves_everything_as_it_was(desk: Desk) -> None:
    desk.rules(writer_capacity=2)
    jobs = [desk.job("in_progress"), desk.job("in_progress")]
    desk.rules(writer_capacity=1)

    with refused("Wolf", ConditionNotMet):
        leave(desk, to="wolf")

    assert writers(desk, *jobs) == ["Wren", "Wren"]
    assert desk.who("wren").active


@on_sqlite
def test_a_role_changes_with_the_orders(desk: Desk) -> None:
    job, heir = desk.job("in_progress"), desk.who("wolf").key

    departures.change(desk.who("wren").key, {"role": "manager"}, by=desk.who("ada"), all_to=heir)

    assert (writers(desk, job), desk.who("wren").role) == (["Wolf"], "manager")


@on_sqlite
def test_who_stays_gives_no_orders_away(desk: Desk) -> None:
    job, heir = desk.job("in_progress"), desk.who("wolf").key

    with refused(departures.NOBODY_LEAVES, InvalidField):
        departures.change(desk.who("wren").key, {"name": "Wren Wood"}, by=desk.who("ada"), all_to=heir)

    assert (writers(desk, job), desk.who("wren").name) == (["Wren"], "Wren Walsh")


@on_sqlite
@pytest.mark.parametrize(
    "name, part",
    [
        ("wren", "1 order is in hand"),
        ("cleo", "2 of their orders are running"),
        ("bea", "They manage 1 running order:"),
    ],
)
def test_what_hangs_on_an_account_is_said_first(desk: Desk, name: str, part: str) -> None:
    desk.job("in_progress")
    desk.job("pending")

    with database.reading() as session:
        (sentence,) = departures.in_hand(session, desk.who(name)).sentences

    assert part in sentence
