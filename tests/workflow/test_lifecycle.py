"""The lifecycle: who may take an order where, written out once more and held against the machine."""

import pytest

from models import Rules
from models.status import FINAL, Status
from tests.desk import refused
from tests.workflow.at_hand import ask, job, send
from workflow.guards import Ask
from workflow.lifecycle import Lifecycle
from workflow.possibilities import ARROWS, NAMEABLE, possibilities
from workflow.refusals import ConditionNotMet, Forbidden

ALLOWED = """
approve           pending           approved     staff
cancel            pending           cancelled    staff client
assign            approved          assigned     staff
cancel            approved          cancelled    staff client
start             assigned          in_progress  staff writer
cancel            assigned          cancelled    staff
submit            in_progress       editing      staff writer
deliver           in_progress       delivered    staff writer
cancel            in_progress       cancelled    staff
deliver           editing           delivered    staff
cancel            editing           cancelled    staff
request_revision  delivered         revision     staff client
complete          delivered         completed    staff client
cancel            delivered         cancelled    staff
resume            revision          in_progress  staff writer
cancel            revision          cancelled    staff
resume            revision_pending  in_progress  staff
cancel            revision_pending  cancelled    staff
"""
WAYS = {(source, target): (action, who) for action, source, target, *who in map(str.split, ALLOWED.strip().split("\n"))}

CALLERS = [
    ("cleo", "client", "bea"),
    ("carl", "another client", "bea"),
    ("wren", "writer", "bea"),
    ("wolf", "another writer", "bea"),
    ("bea", "staff", "bea"),
    ("bob", "staff", "bea"),
    ("ada", "staff", "ada"),
    ("ada", "staff", "bea"),
]
"""Who calls, what they are to the job, and who manages it: each role with an order of theirs and with another's."""


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("name, part, manager", CALLERS)
def test_everybody_goes_where_allowed(name: str, part: str, manager: str, source: Status) -> None:
    def outcome(target: Status) -> str:
        if target not in NAMEABLE[source]:
            return "no such way"
        try:
            return send(NAMEABLE[source][target], ask(job(source, manager=manager), name, writer="wren"))
        except Forbidden:
            return "forbidden"

    def expected(target: Status) -> str:
        _, who = WAYS.get((source, target), (None, None))
        return "no such way" if who is None else target if part in who else "forbidden"

    assert {target: outcome(target) for target in Status} == {target: expected(target) for target in Status}


def test_eighteen_ways_have_names() -> None:
    named = {(source, target): action for source, targets in NAMEABLE.items() for target, action in targets.items()}

    assert named == {way: action for way, (action, _) in WAYS.items()}
    assert len(named) == 18


def test_one_more_arrow_goes_unnamed() -> None:
    arrows = {(arrow.action, arrow.source, arrow.target) for arrow in ARROWS}
    named = {(action, *way) for way, (action, _) in WAYS.items()}

    assert arrows - named == {("request_revision", "delivered", "revision_pending")}


@pytest.mark.parametrize(
    "included, asked_before, lands_in",
    [
        (None, 99, "revision"),
        (2, 1, "revision"),
        (2, 2, "revision_pending"),
        (2, 3, "revision_pending"),
        (0, 0, "revision_pending"),
    ],
)
def test_included_revisions_choose_the_way(included: int | None, asked_before: int, lands_in: str) -> None:
    delivered = job("delivered", included_revisions=included, revision_count=asked_before)

    assert [way.target for way in possibilities(ask(delivered, "cleo")) if way.possible] == [lands_in, "completed"]
    assert send("request_revision", ask(delivered, "cleo")) == lands_in


@pytest.mark.parametrize("status", set(Status) - FINAL)
def test_a_job_on_hold_waits(status: Status) -> None:
    ways = possibilities(ask(job(status, hold_reason="we wait for the photos"), "ada", writer="wren"))

    for way in ways:
        if way.action != "cancel":
            assert way.reasons == ("The order is on hold: we wait for the photos. You can lift the hold.",)
    assert [way.action for way in ways if way.possible] == ["cancel"]


def test_the_machine_waits_too() -> None:
    held = job("in_progress", hold_reason="we wait for the photos")

    with refused("The order is on hold: we wait for the photos. Bea (manager) can lift the hold.", ConditionNotMet):
        send("deliver", ask(held, "wren"))

    assert send("cancel", ask(held, "bob")) is Status.cancelled


def test_the_clock_completes_and_nothing_else() -> None:
    ways = [way for status in Status for way in possibilities(Ask(job(status), None, Rules()))]

    assert [way.action for way in ways if way.possible] == ["complete"]


def test_a_client_cancels_what_waits() -> None:
    assert send("cancel", ask(job("approved", hold_reason="we wait for the photos"), "cleo")) is Status.cancelled


@pytest.mark.parametrize("named", ["wolf", None])
def test_a_writer_may_claim(named: str | None) -> None:
    approved = ask(job("approved", writer=None), "wolf", Rules(writers_may_claim=True), writer=named, open_ended=True)

    assert [way.action for way in possibilities(approved) if way.possible] == ["assign"]


@pytest.mark.parametrize(
    "rule, writer, named",
    [(False, None, "wolf"), (True, None, "wren"), (True, "wren", "wolf"), (True, "wren", "wren")],
    ids=["without the rule", "for another", "what is another's", "another's for another"],
)
def test_claiming_has_its_limits(rule: bool, writer: str | None, named: str) -> None:
    approved = job("approved", writer=writer)

    with pytest.raises(Forbidden):
        send("assign", ask(approved, "wolf", Rules(writers_may_claim=rule), writer=named))


@pytest.mark.parametrize(
    "name, sentence",
    [
        ("cleo", "Only Bea (manager) or Wren (writer) can start it."),
        ("wolf", "This is not your order. Only Bea (manager) or Wren (writer) can start it."),
    ],
)
def test_a_refusal_says_who_may(name: str, sentence: str) -> None:
    with refused(sentence, Forbidden) as refusal:
        send("start", ask(job("assigned"), name))

    assert refusal.value.sentence == sentence


def test_somebody_who_left_is_unnamed() -> None:
    with refused("Only the agency or the order's writer can start it."):
        send("start", ask(job("assigned", manager=None, writer="ivy"), "cleo"))


def test_a_drawing_shows_every_status() -> None:
    drawing = format(Lifecycle, "mermaid")

    assert all(status in drawing for status in Status)
