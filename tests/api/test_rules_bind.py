"""Every rule, on and off: what each role it touches may do then, and which sentence tells them why not."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from models import clock
from tests.api.caller import By, said
from tests.api.choices import closed_to, open_to, standing
from tests.desk import Desk, on_sqlite

pytestmark = on_sqlite  # no database decides any of it


@dataclass(frozen=True)
class Case:
    """A rule that closes the way from here to there, as long as the order is like this."""

    rules: dict[str, Any]
    source: str
    action: str
    target: str
    short: dict[str, Any]
    enough: dict[str, Any]
    sentence: str
    remedy: str
    roles: dict[str, str] = field(default_factory=dict)
    """Who is touched, and who can help them."""


AGENCY = {"bea": "You", "ada": "You"}
WRITER = {"wren": "You", "bea": "Wren (writer)", "ada": "Wren (writer)"}
NOW = clock.now()
NO_FILE = ("There is no final file yet.", "upload one")
NO_DEPOSIT = "The deposit of {} % is not paid yet."

CASES = {
    "deposit first": Case(
        {"deposit_first": True}, "pending", "approve", "approved",
        {"amount": 999, "amount_paid": 499}, {"amount_paid": 500},
        NO_DEPOSIT.format(50), "record a payment", AGENCY,
    ),
    "a third": Case(
        {"deposit_first": True, "deposit_percent": 33}, "pending", "approve", "approved",
        {"amount": 10_001, "amount_paid": 3_300}, {"amount_paid": 3_301},
        NO_DEPOSIT.format(33), "record a payment", AGENCY,
    ),
    "all of it": Case(
        {"deposit_first": True, "deposit_percent": 100}, "pending", "approve", "approved",
        {"amount": 500, "amount_paid": 499}, {"amount_paid": 500},
        NO_DEPOSIT.format(100), "record a payment", AGENCY,
    ),
    "paid before completion": Case(
        {"paid_before_completion": True}, "delivered", "complete", "completed",
        {"amount": 500, "amount_paid": 499}, {"amount_paid": 500},
        "The order is not paid yet.", "record a payment", AGENCY | {"cleo": "Bea (manager)"},
    ),
    "editing is required": Case(
        {"editing_is_required": True}, "in_progress", "deliver", "delivered", {}, {"status": "editing"},
        "The work goes through editing before it is delivered.", "submit it for editing", WRITER,
    ),
    "file before submission": Case(
        {"file_before_delivery": True}, "in_progress", "submit", "editing",
        {}, {"final_file_at": NOW}, *NO_FILE, WRITER,
    ),
    "file before delivery": Case(
        {"file_before_delivery": True}, "in_progress", "deliver", "delivered",
        {}, {"final_file_at": NOW}, *NO_FILE, WRITER,
    ),
    "file of an earlier round": Case(
        {"file_before_delivery": True}, "editing", "deliver", "delivered",
        {"final_file_at": NOW, "revision_requested_at": NOW}, {"revision_requested_at": None},
        *NO_FILE, {"bea": "Wren (writer)", "ada": "Wren (writer)"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_closes_its_way(desk: Desk, by: By, case: Case) -> None:
    job = standing(desk, case.source, **case.short)
    desk.rules(**case.rules)

    for name, helper in case.roles.items():
        reason = f"{case.sentence} {helper} can {case.remedy}."
        assert closed_to(by(name), job)[case.action] == [reason]
        answer = by(name).move(job, case.target)
        assert (*said(answer), answer.json()["reasons"]) == (409, "CONDITION_NOT_MET", [reason])

    assert desk.see(job).status == case.source


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_its_way_opens(desk: Desk, by: By, case: Case) -> None:
    for rules, order in [(case.rules, case.short | case.enough), ({}, case.short)]:
        for name in set(case.roles) - ({"wren"} if "status" in order else set()):
            desk.rules()
            job = desk.put(standing(desk, case.source), **{"status": case.source} | order)
            desk.rules(**rules)
            assert case.action in open_to(by(name), job)
            assert said(by(name).move(job, case.target)) == (200, None)


def test_a_free_order_needs_no_payment(desk: Desk, by: By) -> None:
    job = desk.job(amount=0)
    desk.rules(deposit_first=True, deposit_percent=100, paid_before_completion=True)

    assert said(by("bea").move(job, "approved")) == (200, None)
    assert said(by("cleo").move(desk.put(job, status="delivered"), "completed")) == (200, None)
