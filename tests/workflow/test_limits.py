"""Limits: so much in a while, so many at once; and whoever is beyond is told when to go on."""

import time
from datetime import timedelta

import pytest

from tests.desk import refused
from workflow import limits
from workflow.limits import AtOnce, Budget
from workflow.refusals import TooOften


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock that the limits look at, to be set."""
    hands = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: hands[0])
    return hands


def spent(budget: Budget, number: int, whose: object = "cleo") -> None:
    """Use so much of it."""
    for _ in range(number):
        budget.spend(whose)


def test_beyond_the_limit_one_is_told_when_to_go_on(now: list[float]) -> None:
    budget = Budget(3, timedelta(minutes=1), "songs")
    spent(budget, 3)

    with refused("At most 3 songs a minute are possible; the next in ", TooOften) as stop:
        budget.spend("cleo")
    spent(budget, 3, whose="carl")

    assert isinstance(stop.value, TooOften)
    now[0] += stop.value.wait
    budget.spend("cleo")


def test_the_span_moves_along(now: list[float]) -> None:
    budget = Budget(10, timedelta(minutes=1), "songs")
    spent(budget, 5)
    now[0] += 40
    spent(budget, 5)

    now[0] += 25
    spent(budget, 5)

    with refused("the next in ", TooOften):
        budget.spend("cleo")


def test_what_was_refused_does_not_count(now: list[float]) -> None:
    budget = Budget(1, timedelta(hours=1), "songs")
    spent(budget, 1)
    for _ in range(50):
        with refused("At most 1 songs an hour are possible; the next in 60 minutes.", TooOften):
            budget.spend("cleo")

    now[0] += 3600
    budget.spend("cleo")


def test_not_everybody_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_KNOWN", 10)
    budget = Budget(1, timedelta(minutes=1), "songs")

    for number in range(100):
        budget.spend(number)

    assert len(budget.used) == 10


def test_so_many_at_once(now: list[float]) -> None:
    chairs = AtOnce(2, "chairs")

    with chairs.held("cleo"), chairs.held("cleo"):
        with refused("At most 2 chairs are possible at once; please end one first.", TooOften):
            chairs.check("cleo")
        with chairs.held("carl"):
            pass

    assert chairs.used == {}
