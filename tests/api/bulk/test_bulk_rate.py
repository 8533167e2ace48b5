"""The rate of bulk work: ten calls a minute for each user."""

import time
from datetime import timedelta

import pytest

from tests.api.bulk.wishes import BULK, ask, update
from tests.api.caller import By, Caller, said
from tests.desk import Desk
from workflow import budgets


def test_the_eleventh_call_must_wait(desk: Desk, by: By) -> None:
    job = desk.job()
    calls = [called(by("bea"), number) for number in range(10)]
    assert {status for status, _ in calls} == {200}

    refused = ask(by("bea"), "status-update", job)

    assert said(refused) == (429, "RATE_LIMITED")
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert refused.headers["Retry-After"] in refused.json()["error"]
    assert said(by("bea").send("/orders/bulk/status-update", {})) == (429, "RATE_LIMITED")
    assert desk.see(job).status == "pending"


def test_others_are_not_held_up(desk: Desk, by: By) -> None:
    job = desk.job()
    done = update(by("bea"), job)
    for number in range(9):
        called(by("bea"), number)

    assert said(ask(by("bea"), "preview", job)) == (429, "RATE_LIMITED")
    assert said(ask(by("bob"), "preview", job)) == (200, None)
    assert said(by("bea").move(job, "cancelled")) == (200, None)
    assert by("bea").get(f"{BULK}/{done['bulkId']}/export").status_code == 200


def test_after_a_while_it_goes_on(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.BULK_CALLS, "span", timedelta(seconds=2))
    first = [called(by("bea"), 0) for _ in range(11)]
    assert [status for status, _ in first] == [200] * 10 + [429]

    time.sleep(int(first[-1][1]))

    assert called(by("bea"), 0)[0] == 200


def called(caller: Caller, number: int) -> tuple[int, str]:
    """Make a bulk call of some kind; the answer's status, and when to try again."""
    what = ("filter", "preview", "status-update")[number % 3]
    answer = caller.send(f"{BULK}/filter", {}) if what == "filter" else ask(caller, what, 4711)
    return answer.status_code, answer.headers.get("Retry-After", "")
