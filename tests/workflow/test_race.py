"""The race: fifty callers at once on one order, and exactly one of them wins."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models import Job, database
from models.user import User
from tests.desk import Desk
from workflow import moves
from workflow.refusals import Conflict, InvalidTransition, Refused

CALLERS, ROUNDS = 50, 20


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty wait for their turn; on a machine that is busy with other things, the last for long."""
    monkeypatch.setattr(database, "PATIENCE", 60)


def test_one_of_fifty_wins(desk: Desk) -> None:
    staff = [desk.who(name) for name in ("bea", "bob", "ada")]

    for _ in range(ROUNDS):
        job = desk.job()
        outcomes = Counter(all_at_once(job, staff))
        history = [line.action for line in desk.history(desk.see(job))]

        assert outcomes == {"won": 1, Conflict: CALLERS - 1}
        assert history in (["create", "approve"], ["create", "cancel"])
        assert job.version == 2

    assert len(desk.notifications("cleo")) == 2 * ROUNDS
    assert desk.faults() == []


def test_late_callers_hear_it_plainly(desk: Desk) -> None:
    job = desk.job("in_progress")

    outcomes = Counter(all_at_once(job, [desk.who("wren")], ("submit",), versioned=False))

    assert outcomes == {"won": 1, InvalidTransition: CALLERS - 1}


def all_at_once(
    job: Job, people: list[User], actions: tuple[str, ...] = ("approve", "cancel"), *, versioned: bool = True
) -> list[object]:
    """Have everybody call in the same moment; returns who won and how the others were refused."""
    start = Barrier(CALLERS)
    version = job.version if versioned else None

    def call(number: int) -> object:
        start.wait()
        try:
            moves.make(job.key, actions[number % len(actions)], by=people[number % len(people)], version=version)
        except Refused as refusal:
            return type(refusal)
        return "won"

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(call, range(CALLERS)))
