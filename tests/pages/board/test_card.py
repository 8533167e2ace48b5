"""Cards: each reader's own words as data, written once for all who read the same; a press is what it says."""

import json
from typing import Any

import pytest

from models.job import Job
from models.rules import Rules
from pages.board.card import Written, card
from pages.board.cards import Press
from tests.desk import Desk, on_sqlite


def told(desk: Desk, job: Job, name: str, **rules: Any) -> dict[str, Any]:
    return card(job, desk.who(name), Rules(**rules), load=0)


@on_sqlite
def test_each_reads_their_own_words(desk: Desk) -> None:
    job = desk.job("editing")

    cleo, bea = told(desk, job, "cleo"), told(desk, job, "bea")

    assert (cleo["label"], cleo["people"], cleo["step"], cleo["actions"]) == ("Final checks", "", 3, [])
    assert (bea["label"], bea["people"]) == ("Editing", "Cleo Clark → Wren Walsh")
    assert "step" not in bea
    assert [offer["action"] for offer in bea["actions"]] == ["deliver"]


@on_sqlite
def test_what_is_closed_says_why(desk: Desk) -> None:
    job = desk.job("in_progress")

    submit, deliver = told(desk, job, "wren", editing_is_required=True)["actions"]

    assert (submit["action"], submit["why"]) == ("submit", "")
    assert (deliver["action"], deliver["askable"]) == ("deliver", False)
    assert deliver["why"] == "The work goes through editing before it is delivered. You can submit it for editing."


@on_sqlite
def test_staff_share_what_is_written_and_others_do_not(desk: Desk) -> None:
    job, rules, written = desk.job("approved"), Rules(), Written()

    bea, ada, wren, wolf = (written.card(job, desk.who(name), rules, 0) for name in ("bea", "ada", "wren", "wolf"))

    assert bea is ada
    assert len({bea, wren}) == 2
    assert wren is not wolf
    assert json.loads(bea)["number"] == job.display_id


@on_sqlite
def test_what_is_written_is_of_the_job_as_it_is_now(desk: Desk) -> None:
    rules, written, bea = Rules(), Written(), desk.who("bea")
    first = written.card(desk.job("pending"), bea, rules, 0)

    second = json.loads(written.card(desk.job("delivered"), bea, rules, 0))

    assert json.loads(first)["status"] == "pending"
    assert second["status"] == "delivered"


@pytest.mark.parametrize(
    "said",
    [None, "take", [], {}, {"what": "take"}, {"what": "take", "key": "1"}, {"what": "take", "key": True}, {"x": 1}],
)
def test_what_is_no_press_is_nothing(said: Any) -> None:
    assert Press.heard(said) is None


def test_a_press_is_what_it_says() -> None:
    said = {"what": "take", "key": 7, "version": 3, "action": "deliver"}

    assert Press.heard(said) == Press("take", 7, 3, "deliver")
