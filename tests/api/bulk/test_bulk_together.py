"""All or none, and the preview that binds."""

import pytest

from tests.api.bulk.wishes import ask, preview, update
from tests.api.caller import By, said
from tests.desk import Desk
from workflow import rules


def test_one_bad_order_keeps_all_back(desk: Desk, by: By) -> None:
    good, held = [desk.job() for _ in range(3)], desk.put(desk.job(), hold_reason="holidays")
    before = [by("ada").read(order) for order in good]
    news = {name: len(desk.notifications(name)) for name in ("cleo", "ada", "bea")}

    done = update(by("bea"), *good[:2], held, good[2], atomic=True)

    assert (done["successCount"], done["failureCount"]) == (0, 4)
    assert [line["code"] for line in done["results"]] == [
        "NOT_APPLIED", "NOT_APPLIED", "CONDITION_NOT_MET", "NOT_APPLIED",
    ]  # fmt: skip
    assert [by("ada").read(order) for order in good] == before
    assert {name: len(desk.notifications(name)) for name in news} == news
    assert [len(desk.history(order)) for order in good] == [1, 1, 1]


def test_all_good_orders_go_together(desk: Desk, by: By) -> None:
    orders = [desk.job() for _ in range(3)]

    done = update(by("bea"), *orders, atomic=True)

    assert done["summary"] == {"statusTransitions": {"pending_to_approved": 3}, "errors": {}}
    assert [desk.see(order).status for order in orders] == ["approved"] * 3


@pytest.mark.parametrize("atomic", [True, False])
def test_a_stale_preview_is_refused(desk: Desk, by: By, atomic: bool) -> None:
    orders = [desk.job(), desk.job()]
    token = preview(by("bea"), *orders)["previewToken"]
    by("cleo").move(orders[1], "cancelled")

    answer = ask(by("bea"), "status-update", *orders, previewToken=token, atomic=atomic)

    assert said(answer) == (409, "STALE_PREVIEW")
    assert desk.see(orders[0]).status == "pending"


def test_a_changed_rule_makes_it_stale(desk: Desk, by: By) -> None:
    job = desk.job()
    token = preview(by("bea"), job)["previewToken"]

    rules.change({"editing_is_required": True}, by=desk.who("ada"))

    assert said(ask(by("bea"), "status-update", job, previewToken=token)) == (409, "STALE_PREVIEW")


@pytest.mark.parametrize("more", [{"status": "cancelled"}, {"action": "approve"}, {"previewToken": "made up"}])
def test_it_binds_to_one_wish(desk: Desk, by: By, more: dict[str, str]) -> None:
    job = desk.job()
    token = preview(by("bea"), job)["previewToken"]

    assert said(ask(by("bea"), "status-update", job, **{"previewToken": token} | more)) == (409, "STALE_PREVIEW")
    assert said(ask(by("bob"), "status-update", job, previewToken=token)) == (409, "STALE_PREVIEW")
    assert said(ask(by("bea"), "status-update", job, previewToken=token)) == (200, None)


def test_each_success_has_its_own_story(desk: Desk, by: By) -> None:
    one, other = desk.job(client="cleo"), desk.job(client="carl")

    done = update(by("bea"), one, 4711, other, reason="Monday")

    for job, client in ((one, "cleo"), (other, "carl")):
        line = by(client).logs(job)[0]
        assert (line["action"], line["changedByName"], line["note"]) == ("approve", "Bea Baker", "Monday")
        assert [news.job_id for news in desk.notifications(client) if news.bulk_id == done["bulkId"]] == [job.id]
    assert len([news for news in desk.notifications("ada") if news.bulk_id == done["bulkId"]]) == 2
    assert desk.faults() == []
