"""The table and the machine: one is read off the other, and on any order they say the same."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statemachine.exceptions import TransitionNotAllowed

from models import Rules, clock
from models.status import Status
from tests.workflow.at_hand import ask, job, send
from workflow.guards import Ask
from workflow.possibilities import ARROWS, LEAVING, Possibility, possibilities
from workflow.refusals import ConditionNotMet, Forbidden

NOW = clock.now()

moments = st.none() | st.integers(-2, 2).map(lambda hours: NOW + timedelta(hours=hours))
few = st.integers(0, 3)
many_jobs = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "client": st.sampled_from(["cleo", "carl"]),
        "writer": st.sampled_from([None, "wren", "wolf", "ivy"]),
        "manager": st.sampled_from([None, "bea", "bob"]),
        "amount": few,
        "amount_paid": few,
        "hold_reason": st.none() | st.just("no {photos} yet"),
        "included_revisions": st.none() | few,
        "revision_count": few,
        "revision_requested_at": moments,
        "final_file_at": moments,
    }
)
many_rules = st.fixed_dictionaries(
    {
        "deposit_first": st.booleans(),
        "deposit_percent": st.integers(1, 100),
        "paid_before_completion": st.booleans(),
        "editing_is_required": st.booleans(),
        "file_before_delivery": st.booleans(),
        "writers_may_claim": st.booleans(),
        "writer_capacity": st.none() | few,
    }
)
named = st.sampled_from([None, "wren", "wolf", "ivy", "cleo"])
Outcome = tuple[str, object]


@pytest.mark.parametrize("actors", [("cleo", "carl"), ("wren", "wolf"), ("bea", "bob", "ada")], ids=str)
@settings(max_examples=500, deadline=None)
@given(many_jobs, many_rules, st.integers(0, 2), named, few)
def test_table_and_machine_agree(
    actors: Sequence[str],
    fields: dict[str, Any],
    rules: dict[str, Any],
    actor: int,
    writer: str | None,
    load: int,
) -> None:
    afresh = partial(_asked, fields, rules, actors[actor % len(actors)], writer, load)
    table = {way.action: way for way in possibilities(afresh())}

    for action, way in table.items():
        assert _by_machine(action, afresh) == _by_table(way)


def _asked(fields: dict[str, Any], rules: dict[str, Any], actor: str, writer: str | None, load: int) -> Ask:
    return ask(job(**fields), actor, Rules(**rules), writer=writer, load=load)


def _by_table(way: Possibility) -> Outcome:
    if way.possible:
        return "done", way.target
    return "not yet" if way.permitted else "forbidden", way.reasons


def _by_machine(action: str, afresh: Callable[[], Ask]) -> Outcome:
    asked = afresh()
    before = asked.job.model_dump()
    try:
        return "done", send(action, asked)
    except Forbidden as refusal:
        outcome = "forbidden", (refusal.sentence,)
    except ConditionNotMet as refusal:
        outcome = "not yet", refusal.reasons
    assert asked.job.model_dump() == before
    return outcome


@pytest.mark.parametrize("status", Status)
def test_nothing_else_leaves_a_status(status: Status) -> None:
    leaving = {way.action for way in possibilities(ask(job(status), "ada"))}
    assert leaving == {arrow.action for arrow in LEAVING[status]}

    for action in {arrow.action for arrow in ARROWS} - leaving:
        with pytest.raises(TransitionNotAllowed):
            send(action, ask(job(status), "ada", writer="wren"))


def test_buttons_show_what_roles_could() -> None:
    seen = {way.action: (way.ever, way.permitted) for way in possibilities(ask(job("in_progress"), "wolf"))}

    assert seen == {"submit": (True, False), "deliver": (True, False), "cancel": (False, False)}


def test_effects_are_known_to_readers() -> None:
    changing = {arrow.action for arrow in ARROWS if arrow.has_side_effect}

    assert changing >= {"approve", "assign", "request_revision", "resume", "complete", "cancel"}
    assert "start" not in changing
