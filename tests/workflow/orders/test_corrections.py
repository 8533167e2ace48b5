"""Corrections: staff put right who works on an order and whose it is; each is a line, and no status changes."""

import pytest

from models import Job
from tests.desk import Desk, refused
from workflow.orders import corrections
from workflow.people import administration
from workflow.refusals import ConditionNotMet, Conflict, Forbidden, InvalidField, NotFound


def reassign(desk: Desk, job: Job, writer: str, by: str = "bea", **more: object) -> Job:
    """Have somebody give an order to another writer."""
    corrections.reassign(job.key, desk.who(writer).key, by=desk.who(by), **more)  # pyright: ignore[reportArgumentType]
    return desk.see(job)


@pytest.mark.parametrize("status", ["assigned", "in_progress", "editing", "delivered", "revision", "revision_pending"])
def test_a_running_order_goes_to_another_writer(desk: Desk, status: str) -> None:
    job = reassign(desk, desk.job(status), "wolf", note="Wren is ill")

    line = desk.history(job)[-1]
    assert (job.writer_id, job.status) == (desk.who("wolf").id, status)
    assert (line.action, line.old_status, line.new_status) == ("reassign", status, status)
    assert line.note == "Wren Walsh → Wolf Weber\n\nWren is ill"
    for name in ("wren", "wolf", "ada"):
        assert desk.news_of(name) == ['Order "Research Paper": Wolf has taken over the work']
    assert desk.news_of("cleo") == ['Order "Research Paper": Another writer has taken over the work']
    assert desk.news_of("bob") == desk.news_of("carl") == []
    assert desk.faults() == []


def test_the_same_writer_again_is_no_change(desk: Desk) -> None:
    job = desk.job("in_progress")

    assert reassign(desk, job, "wren").version == job.version


@pytest.mark.parametrize("name", ["cleo", "wren"])
def test_it_is_the_agencys_to_reassign(desk: Desk, name: str) -> None:
    with refused("Only the agency can give an order to another writer.", Forbidden):
        reassign(desk, desk.job("in_progress"), "wolf", by=name)


@pytest.mark.parametrize("name", ["carl", "wolf"])
def test_others_find_no_order_to_reassign(desk: Desk, name: str) -> None:
    with refused("There is no such order.", NotFound):
        reassign(desk, desk.job("in_progress"), "wolf", by=name)


@pytest.mark.parametrize(
    "status, sentence",
    [
        ("pending", "Nobody works on the order yet: assign it."),
        ("approved", "Nobody works on the order yet: assign it."),
        ("completed", "The order is completed; nothing of it is changed any more."),
        ("cancelled", "The order is cancelled; nothing of it is changed any more."),
    ],
)
def test_not_before_there_is_one_nor_at_the_end(desk: Desk, status: str, sentence: str) -> None:
    with refused(sentence, ConditionNotMet):
        reassign(desk, desk.job(status), "wolf")


@pytest.mark.parametrize("name, sentence", [("ivy", "Ivy Irving is not an active writer."), ("bob", "Bob Brandt is")])
def test_only_an_active_writer_takes_over(desk: Desk, name: str, sentence: str) -> None:
    with refused(sentence, ConditionNotMet):
        reassign(desk, desk.job("in_progress"), name)


def test_who_takes_over_needs_room(desk: Desk) -> None:
    desk.job("in_progress", writer="wolf")
    job = desk.job("in_progress")
    desk.rules(writer_capacity=1)

    with refused("Wolf already has 1 of 1 orders in hand.", ConditionNotMet):
        reassign(desk, job, "wolf")
    assert desk.see(job).writer_id == desk.who("wren").id


def test_who_takes_nothing_takes_nothing_over(desk: Desk) -> None:
    administration.change(desk.who("wolf").key, {"capacity": 0}, by=desk.who("ada"))

    with refused("Wolf already has 0 of 0 orders in hand.", ConditionNotMet):
        corrections.reassign(desk.job("assigned").key, desk.who("wolf").key, by=desk.who("bea"))


def test_nobody_overwrites_unseen(desk: Desk) -> None:
    job = desk.job("in_progress")
    version = job.version
    reassign(desk, job, "wolf")

    with pytest.raises(Conflict):
        reassign(desk, job, "wren", version=version)


def test_an_order_gets_its_right_client(desk: Desk) -> None:
    job = desk.job("in_progress", client="carl")

    corrections.change_client(job.key, desk.who("cleo").key, by=desk.who("bea"))

    line = desk.history(job)[-1]
    assert (desk.see(job).client_id, line.action, line.note) == (
        desk.who("cleo").id,
        "change_client",
        "Carl Cole → Cleo Clark",
    )
    for name in ("carl", "cleo"):
        assert desk.news_of(name) == ['Order "Research Paper": The order has been put in the right name']
    assert desk.faults() == []


@pytest.mark.parametrize("name", ["wren", "ada"])
def test_only_a_client_has_orders(desk: Desk, name: str) -> None:
    with refused("There is no such client.", InvalidField):
        corrections.change_client(desk.job().key, desk.who(name).key, by=desk.who("bea"))


@pytest.mark.parametrize("name", ["cleo", "wren"])
def test_nobody_else_gives_orders_away(desk: Desk, name: str) -> None:
    with refused("Only the agency can change whose order this is.", Forbidden):
        corrections.change_client(desk.job("in_progress").key, desk.who("carl").key, by=desk.who(name))
