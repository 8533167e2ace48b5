"""The race by real HTTP: many callers in the same moment, and nobody is silently overwritten."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from api import access_tokens
from models import database
from tests.api.caller import Caller, said
from tests.desk import Desk

CALLERS, ROUNDS = 50, 5


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty wait for their turn; on a machine that is busy with other things, the last for long."""
    monkeypatch.setattr(database, "PATIENCE", 60)


@pytest.fixture
def crowd(desk: Desk, street: httpx.Client) -> list[Caller]:
    """Fifty programs of three people."""
    tokens = [access_tokens.issued(desk.who(name)) for name in ("bea", "bob", "ada")]
    return [Caller(street, tokens[number % 3]) for number in range(CALLERS)]


def at_once(crowd: list[Caller], call: Callable[[Caller], httpx.Response]) -> list[httpx.Response]:
    """Have everybody call in the same moment."""
    start = Barrier(len(crowd))

    def wait_and_call(caller: Caller) -> httpx.Response:
        start.wait()
        return call(caller)

    with ThreadPoolExecutor(len(crowd)) as pool:
        return list(pool.map(wait_and_call, crowd))


def test_one_of_fifty_wins(desk: Desk, crowd: list[Caller]) -> None:
    for _ in range(ROUNDS):
        job = desk.job()
        wishes = {caller: ("approved", "cancelled")[number % 2] for number, caller in enumerate(crowd)}

        answers = at_once(crowd, lambda caller: caller.move(job, wishes[caller], version=1))  # noqa: B023

        assert Counter(map(said, answers)) == {(200, None): 1, (409, "CONFLICT"): CALLERS - 1}
        lines = desk.history(job)
        assert len(lines) == 2
        assert {(answer.json()["status"], answer.json()["version"]) for answer in answers} == {(lines[1].new_status, 2)}

    assert len(desk.notifications("cleo")) == 2 * ROUNDS
    assert desk.faults() == []


def test_late_callers_hear_it_plainly(desk: Desk, crowd: list[Caller]) -> None:
    job = desk.job("in_progress")

    outcomes = Counter(said(answer) for answer in at_once(crowd, lambda caller: caller.move(job, "editing")))

    assert outcomes.pop((200, None)) >= 1
    assert set(outcomes) <= {(409, "CONFLICT")}
    assert [line.action for line in desk.history(job)] == ["create", "approve", "assign", "start", "submit"]


def test_numbers_have_no_gap(desk: Desk, crowd: list[Caller]) -> None:
    cleo = desk.who("cleo").id

    answers = at_once(crowd[:20], lambda caller: caller.place(clientId=cleo))

    assert sorted(answer.json()["displayId"][-4:] for answer in answers) == [f"{n:04}" for n in range(1, 21)]
    assert desk.faults() == []
