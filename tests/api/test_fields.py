"""Fields: unknown ones, and those of the wrong kind or size, are refused by name, and nothing happens."""

from typing import Any

from tests.api.caller import By, said
from tests.desk import Desk

NAN, ENDLESS, HUGE = float("nan"), float("inf"), 10**30
NO_TEXT: list[Any] = [None, 5, True, ["Tea"], {"a": 1}, "a\x00b", "half a \ud83d"]
NO_DAYS = [
    "tomorrow",
    "2026-12-01",
    "2026-12-01T10:00:00",
    "1790000000",
    "2026-02-30T10:00:00Z",
    "1999-12-31T23:59:59Z",
]
NO_DAYS += ["2200-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]
NO_ID: list[Any] = [0, -1, "abc", "", "1", "٣", 1.5, 1.0, True, HUGE, 2**31, 2**63, [1], {"id": 1}, NAN]
NO_FLAG: list[Any] = ["yes", "true", 1, 0, "", [], NAN]

WRONG_ORDERS: dict[str, list[Any]] = {
    "title": [*NO_TEXT, "", " \t\n", "x" * 201],
    "instructions": [*NO_TEXT, "x" * 200_001],
    "workType": [*NO_TEXT, "x" * 61],
    "unit": [*NO_TEXT, "x" * 31],
    "quantity": [None, 0, -1, 2**31, HUGE, 1.5, "7", "many", True, [], NAN, ENDLESS],
    "amount": [
        None,
        -1,
        "1_0",
        " 1",
        "１",
        "1e1",
        "-0.01",
        "0.001",
        "1e400",
        "ten",
        "",
        True,
        [],
        HUGE,
        "21474836.48",
        NAN,
        ENDLESS,
        "NaN",
    ],
    "deadline": [*NO_DAYS, 1_790_000_000, True, HUGE, NAN],
    "clientId": [*NO_ID, 4711],
    "client_id": [1],
    "work_type": ["Tea"],
    "includedRevisions": [-1, 1001, HUGE, 1.5, "2", True, NAN],
    "status": ["pending", None],
    "userId": [1],
    "since": ["2026-12-01T10:00:00Z"],
    "version": [1],
    "displayId": ["DK-2026-0007"],
    "<script>": [1],
    "": [1],
}

WRONG_MOVES: dict[str, list[Any]] = {
    "note": [*NO_TEXT[1:], "x" * 20_001, "x" * 100_000],
    "revisionNotes": [*NO_TEXT[1:], "x" * 20_001],
    "changedBy": NO_ID,
    "changed_by": [1],
    "writer_id": [1],
    "version": NO_ID,
    "writerId": [*NO_ID, 4711],
    "clientApproved": NO_FLAG,
    "revisionRequested": NO_FLAG,
    "newStatus": ["approved"],
    "reason": ["Because"],
}


def test_an_unfit_order_is_refused_by_field(desk: Desk, by: By) -> None:
    bea, order = by("bea"), {"title": "Tea", "clientId": desk.who("cleo").id}

    for field, values in WRONG_ORDERS.items():
        for value in values:
            answer = bea.send("/api/jobs", order | {field: value})

            assert (value, *said(answer), answer.json().get("field")) == (value, 422, "INVALID_FIELD", field)
    assert bea.titles() == []


def test_an_unfit_move_is_refused_by_field(desk: Desk, by: By) -> None:
    job, bea = desk.job(), by("bea")

    for field, values in WRONG_MOVES.items():
        for value in values:
            answer = bea.move(job, "approved", **{field: value})

            assert (value, *said(answer), answer.json().get("field")) == (value, 422, "INVALID_FIELD", field)
    assert [line["action"] for line in bea.logs(job)] == ["create"]


def test_what_is_no_status_is_refused(desk: Desk, by: By) -> None:
    job = desk.job()

    for status in ("", "Approved", " approved", "approve", 1, True, 1.5, [], ["approved"], {}, NAN, "\ud83d", "a\x00"):
        assert (status, *said(by("ada").move(job, status))) == (status, 400, "INVALID_STATUS")


def test_a_missing_title_is_asked_for(by: By) -> None:
    answer = by("cleo").send("/api/jobs", {"instructions": "Write!"})

    assert said(answer) == (422, "INVALID_FIELD")
    assert answer.json()["error"] == "title: this field is missing."


def test_a_field_is_named_as_it_was_sent(by: By) -> None:
    answer = by("cleo").place(fontSize=12)

    assert answer.json() == {
        "error": "fontSize: there is no such field.",
        "code": "INVALID_FIELD",
        "field": "fontSize",
    }


def test_all_wrong_fields_are_named_at_once(desk: Desk, by: By) -> None:
    ill_fitting = {"title": "", "workType": "x" * 61, "amount": "0.001"}
    no_values = {"title": 5, "quantity": "7", "deadline": "soon"}

    for body in (ill_fitting, no_values):
        answer = by("cleo").send("/api/jobs", body).json()

        assert (answer["code"], answer["field"], list(answer["fields"])) == ("INVALID_FIELD", "title", list(body))
        assert answer["error"] == " ".join(answer["fields"].values())


def test_one_wrong_field_is_told_by_itself(desk: Desk, by: By) -> None:
    answer = by("cleo").send("/api/jobs", {"title": ""}).json()

    assert answer == {"error": "The title is missing.", "code": "INVALID_FIELD", "field": "title"}
