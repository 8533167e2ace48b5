"""Bad input: bodies that are no JSON object, ids that are no ids, and queries that make no sense."""

from urllib.parse import quote

import pytest

from tests.api.caller import By, said
from tests.desk import Desk

NO_JSON = [
    '{"title": "Tea", "title": "Tee", "status": "approved"}',
    "",
    " ",
    "{",
    "nope",
    "{'a': 1}",
    '{"title":}',
    '{"a": 1} {}',
    "\x00",
    "[" * 100_000,
    '{"a":' * 100_000,
]
NO_JSON += [b"\xff\xfe\xfa", b'{"title": "caf\xe9"}', "1" * 5000]
NO_OBJECT = ["null", "true", "7", "1.5", '"title"', "[]", '[{"title": "Tea"}]', "NaN", "-Infinity"]

NO_IDS = [
    "0",
    "-1",
    "abc",
    "1.5",
    "true",
    "null",
    "1e3",
    "0x1",
    "+1",
    " 1",
    "1\x00",
    "\x00",
    "\u0661",
    "\u00b2",
    "1;--",
]
NO_IDS += [str(2**31), str(2**63), str(10**30), "9" * 5000]

WRONG_QUERIES = {
    "limit": ["0", "-1", "201", "many", "1.5", "", str(10**30)],
    "sort": ["", "-", "name", "--created", "created,title", "id; DROP TABLE jobs"],
    "overdue": ["maybe", "2"],
    "clientId": ["0", "cleo", "1.5", str(10**30)],
    "writerId": ["-1", "true", str(2**63)],
    "q": ["a\x00b", "x" * 201],
    "cursor": ["first", "[]", "W10", "bnVsbA", "\ud83d".encode("utf-8", "surrogatepass"), "x" * 3000],
    "page": ["2"],
    "client_name": ["Cleo"],
}


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_is_no_json_object_is_refused(desk: Desk, by: By, method: str) -> None:
    path = f"/api/jobs/{desk.job().id}/status" if method == "PATCH" else "/api/jobs"

    for body in NO_JSON + NO_OBJECT:
        assert (body, *said(by("cleo").send(path, body, method))) == (body, 400, "INVALID_JSON")


def test_a_field_named_twice_is_told_so(by: By) -> None:
    answer = by("cleo").send("/api/jobs", b'{"title": "Tea", "title": "Rum"}')

    assert answer.json() == {"error": "The body names a field twice.", "code": "INVALID_JSON"}


def test_a_form_is_not_json(by: By) -> None:
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "x"):
        answer = by("cleo").call("POST", "/api/jobs", content="title=Tea", headers={"Content-Type": kind})

        assert (kind, *said(answer)) == (kind, 400, "INVALID_JSON")


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", "/api/jobs/{}"),
        ("GET", "/api/jobs/{}/logs"),
        ("PATCH", "/api/jobs/{}/status"),
        ("POST", "/api/notifications/{}/read"),
    ],
)
def test_what_is_no_id_is_refused(by: By, method: str, path: str) -> None:
    for unfit in NO_IDS:
        answer = by("ada").call(method, path.format(quote(unfit)), json={"status": "approved"})

        assert (unfit, *said(answer)) == (unfit, 400, "INVALID_ID")


def test_the_largest_id_is_just_not_there(by: By) -> None:
    assert said(by("ada").get(f"/api/jobs/{2**31 - 1}")) == (404, "JOB_NOT_FOUND")
    assert said(by("ada").move(2**31 - 1, "approved")) == (404, "JOB_NOT_FOUND")
    assert said(by("ada").call("POST", f"/api/notifications/{2**31 - 1}/read")) == (404, "NOT_FOUND")


def test_a_query_that_makes_no_sense_names_its_field(by: By) -> None:
    for field, values in WRONG_QUERIES.items():
        for value in values:
            answer = by("ada").get("/api/jobs", **{field: value})

            assert (value, *said(answer), answer.json().get("field")) == (value, 422, "INVALID_FIELD", field)


def test_a_list_of_no_such_status_is_refused(by: By) -> None:
    for status in ("lost", "pending,lost", "Pending", ["pending", "lost"]):
        assert said(by("ada").get("/api/jobs", status=status)) == (400, "INVALID_STATUS")
