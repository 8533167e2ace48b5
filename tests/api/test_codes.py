"""Refusals: each code, with the sentence and with what else it carries."""

from tests.api.caller import By, said
from tests.desk import ROUTES, Desk, on_sqlite

pytestmark = on_sqlite  # no database decides any of it


def test_an_unknown_status_names_the_known(desk: Desk, by: By) -> None:
    answer = by("ada").move(desk.job(), "lost")

    assert said(answer) == (400, "INVALID_STATUS")
    assert answer.json()["valid"] == list(ROUTES)
    assert all(status in answer.json()["error"] for status in ROUTES)


def test_a_missing_status_is_asked_for(desk: Desk, by: By) -> None:
    job = desk.job()

    for body in ({}, {"status": None}, {"note": "Go on"}):
        answer = by("ada").send(f"/api/jobs/{job.id}/status", body, "PATCH")

        assert said(answer) == (400, "MISSING_STATUS")


def test_a_foreign_order_is_as_good_as_none(desk: Desk, by: By) -> None:
    foreign, none = desk.job(client="carl"), 4711

    answers = [by("cleo").move(job, "cancelled") for job in (foreign, none)]
    answers += [by("cleo").get(f"/api/jobs/{job}{part}") for job in (foreign.id, none) for part in ("", "/logs")]

    assert {said(answer) for answer in answers} == {(404, "JOB_NOT_FOUND")}
    assert len({answer.text for answer in answers}) == 1


def test_nobody_acts_in_another_name(desk: Desk, by: By) -> None:
    job, bea, bob = desk.job(), desk.who("bea"), desk.who("bob")

    assert said(by("bea").move(job, "approved", changedBy=bob.id)) == (403, "CHANGED_BY_MISMATCH")
    assert desk.see(job).status == "pending"
    assert said(by("bea").move(job, "approved", changedBy=bea.id)) == (200, None)


def test_a_stale_version_hears_the_news(desk: Desk, by: By) -> None:
    job = desk.job("in_progress")
    seen = job.version
    desk.make(job, "submit", by="wren")

    answer = by("bea").move(job, "delivered", version=seen)

    assert said(answer) == (409, "CONFLICT")
    assert answer.json() | {"status": "editing", "version": seen + 1} == answer.json()
    assert said(by("bea").move(job, "delivered", version=seen + 1)) == (200, None)


def test_a_closed_way_names_the_open_ones(desk: Desk, by: By) -> None:
    answer = by("ada").move(desk.job("delivered"), "pending")

    assert answer.json() == {
        "error": "'pending' is not possible for an order that is delivered: "
        "it can become revision or completed or cancelled.",
        "code": "INVALID_TRANSITION",
        "from": "delivered",
        "to": "pending",
        "allowed": ["revision", "completed", "cancelled"],
    }


def test_who_may_not_hears_who_may(desk: Desk, by: By) -> None:
    answer = by("cleo").move(desk.job("in_progress", writer="wren"), "delivered")

    assert said(answer) == (403, "FORBIDDEN")
    assert answer.json()["error"] == "Only Bea (manager) or Wren (writer) can deliver it."


def test_all_that_is_missing_is_said(desk: Desk, by: By) -> None:
    job = desk.put(desk.job("in_progress"), hold_reason="waiting for the client")
    desk.rules(editing_is_required=True, file_before_delivery=True)

    answer = by("wren").move(job, "delivered")

    assert said(answer) == (409, "CONDITION_NOT_MET")
    assert answer.json()["reasons"] == [
        "The order is on hold: waiting for the client. Bea (manager) can lift the hold.",
        "The work goes through editing before it is delivered. You can submit it for editing.",
        "There is no final file yet. You can upload one.",
    ]
    assert answer.json()["error"] == " ".join(answer.json()["reasons"])


def test_a_writer_must_be_named(desk: Desk, by: By) -> None:
    job = desk.job("approved")

    for name, code in [("cleo", "CONDITION_NOT_MET"), ("ivy", "CONDITION_NOT_MET"), ("wren", None)]:
        assert said(by("bea").move(job, "assigned"))[1] == "CONDITION_NOT_MET"
        assert said(by("bea").move(job, "assigned", writerId=desk.who(name).id))[1] == code


def test_writers_place_no_orders(desk: Desk, by: By) -> None:
    assert said(by("wren").place(clientId=desk.who("cleo").id)) == (403, "FORBIDDEN")


def test_clients_order_for_themselves_alone(desk: Desk, by: By) -> None:
    cleo, carl = desk.who("cleo").id, desk.who("carl").id

    assert said(by("cleo").place(clientId=carl)) == (403, "FORBIDDEN")
    assert by("cleo").place(clientId=cleo).json()["clientId"] == cleo
    assert by("bea").place(clientId=carl).json()["clientName"] == "Carl Cole"
