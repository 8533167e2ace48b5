"""Meanwhile: what changes after the preview, or while the orders are being moved, counts."""

import pytest

from models import database
from tests.desk import Desk, refused
from tests.workflow.orders.mixed import rows, wish
from workflow import rules
from workflow.orders import bulk, bulk_preview, holds, payments
from workflow.people import administration
from workflow.refusals import StalePreview


def test_a_fresh_preview_binds(desk: Desk) -> None:
    job = desk.job()
    token = bulk_preview.preview(wish("approved", job), by=desk.who("bea")).token

    assert bulk.update(wish("approved", job, reason="Go"), by=desk.who("bea"), token=token).outcomes[0].success


@pytest.mark.parametrize("change", ["moved", "held", "paid", "rule", "other wish", "other person", "forged"])
def test_a_stale_preview_is_refused(desk: Desk, change: str) -> None:
    jobs, ada, bea = [desk.job(), desk.job()], desk.who("ada"), desk.who("bea")
    wanted, by = wish("approved", *jobs), bea
    token = bulk_preview.preview(wanted, by=bea).token

    match change:
        case "moved":
            desk.make(jobs[1], "cancel", by="cleo")
        case "held":
            holds.put_on_hold(jobs[1].key, "holidays", by=ada)
        case "paid":
            payments.record(jobs[0].key, 1, by=ada)
        case "rule":
            rules.change({"writer_capacity": 3}, by=ada)
        case "other wish":
            wanted = wish("cancelled", *jobs)
        case "other person":
            by = ada
        case _:
            token = "ü" + token[1:]
    with refused("An order or a rule has changed since the preview", StalePreview):
        bulk.update(wanted, by=by, token=token)

    assert (desk.see(jobs[0]).status, rows("bulk_operations")) == ("pending", [[]])


def test_who_is_slower_hears_of_it(desk: Desk) -> None:
    jobs = [desk.job(), desk.job()]
    token = bulk_preview.preview(wish("approved", *jobs), by=desk.who("bea")).token

    def interfere(done: int) -> None:
        if done == 1:
            desk.make(jobs[1], "cancel", by="cleo")

    done = bulk.update(wish("approved", *jobs), by=desk.who("bea"), token=token, progress=interfere)

    assert [line.code for line in done.outcomes] == [None, "CONFLICT"]
    assert desk.see(jobs[1]).status == "cancelled"


def test_a_rule_set_meanwhile_binds(desk: Desk) -> None:
    orders, ada = [desk.job(), desk.job(amount=5)], desk.who("ada")

    def tighten(done: int) -> None:
        if done == 1:
            rules.change({"deposit_first": True}, by=ada)

    done = bulk.update(wish("approved", *orders), by=desk.who("bea"), progress=tighten)

    assert [line.code for line in done.outcomes] == [None, "CONDITION_NOT_MET"]


def test_an_account_closed_meanwhile_stops(desk: Desk) -> None:
    orders, ada = [desk.job(), desk.job()], desk.who("ada")

    def dismiss(done: int) -> None:
        if done == 1:
            administration.change(desk.who("bea").key, {"active": False}, by=ada)

    done = bulk.update(wish("approved", *orders), by=desk.who("bea"), progress=dismiss)

    assert [line.error for line in done.outcomes] == [None, "This account is no longer active."]
    assert (desk.see(orders[1]).status, desk.news_of("bea")) == ("pending", [])


def test_a_busy_moment_costs_one_order(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    orders, turn = [desk.job() for _ in range(3)], desk.database._turn

    def interfere(done: int) -> None:
        if done == 1:
            turn.acquire()
        if done == 2:
            turn.release()

    done = bulk.update(wish("approved", *orders), by=desk.who("bea"), progress=interfere)

    assert [line.code for line in done.outcomes] == [None, "BUSY", None]
    assert [desk.see(order).status for order in orders] == ["approved", "pending", "approved"]
