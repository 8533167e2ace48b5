"""Corrections, by program: another writer, another client, a file taken back, a payment reversed, a person changed."""

import pytest

from tests.api.caller import By, address, said
from tests.desk import Desk
from tests.workflow.orders.test_files import bring
from workflow.orders import comments, corrections


def test_a_writer_falls_ill(desk: Desk, by: By) -> None:
    job, wolf = desk.job("in_progress"), desk.who("wolf").id

    answer = by("bea").send(f"{address(job)}/writer", {"writerId": wolf, "note": "Ill"}, "PUT")

    assert (answer.status_code, answer.json()["writerId"], answer.json()["status"]) == (200, wolf, "in_progress")
    assert by("ada").logs(job)[0]["action"] == "reassign"
    assert by("cleo").logs(job)[0]["note"] is None
    assert said(by("wren").get(address(job))) == (404, "JOB_NOT_FOUND")


@pytest.mark.parametrize("name, code", [("cleo", 403), ("wren", 403), ("carl", 404), ("wolf", 404)])
def test_who_may_not_correct(desk: Desk, by: By, name: str, code: int) -> None:
    job, wolf, carl = desk.job("in_progress"), desk.who("wolf").id, desk.who("carl").id

    assert by(name).send(f"{address(job)}/writer", {"writerId": wolf}, "PUT").status_code == code
    assert by(name).send(f"{address(job)}/client", {"clientId": carl}, "PUT").status_code == code


@pytest.mark.parametrize("status", ["in_progress", "delivered", "nothing"])
def test_a_writer_is_named_with_an_assignment_only(desk: Desk, by: By, status: str) -> None:
    job, wolf = desk.job("in_progress"), desk.who("wolf").id

    answers = [
        by("bea").move(job, status, writerId=wolf),
        by("bea").send(f"{address(job)}/change-status", {"newStatus": status, "writerId": wolf}),
        by("bea").send("/api/jobs/bulk/preview", {"orderIds": [job.id], "newStatus": status, "writerId": wolf}),
    ]

    expected = (400, "INVALID_STATUS") if status == "nothing" else (422, "INVALID_FIELD")
    assert [said(answer) for answer in answers] == [expected] * 3


def test_the_client_is_put_right(desk: Desk, by: By) -> None:
    job = desk.job(client="carl")

    answer = by("bea").send(f"{address(job)}/client", {"clientId": desk.who("cleo").id}, "PUT")

    assert answer.json()["clientId"] == desk.who("cleo").id
    assert (by("cleo").get(address(job)).status_code, by("carl").get(address(job)).status_code) == (200, 404)


def test_the_new_client_reads_no_name_of_the_old_one(desk: Desk, by: By) -> None:
    job = desk.job(client="carl")
    comments.say(job.key, "Soon, please", by=desk.who("carl"))
    corrections.change_client(job.key, desk.who("cleo").key, by=desk.who("bea"))

    seen = by("cleo").logs(job) + by("cleo").get(f"{address(job)}/comments").json()

    names = [line.get("changedByName") or line.get("authorName") for line in seen]
    assert names == ["Bea Baker", "Another client", "Another client"]
    assert "Carl" not in str(seen)
    assert "Carl Cole" in str(by("bea").logs(job))


def test_a_file_is_taken_back(desk: Desk, by: By) -> None:
    job = desk.job()
    place = f"{address(job)}/files/{bring(desk, job, 'brief', by='cleo').key}"

    assert said(by("carl").call("DELETE", place)) == (404, "JOB_NOT_FOUND")
    answer = by("cleo").call("DELETE", place)

    assert (answer.status_code, answer.content) == (204, b"")
    assert by("bea").get(f"{address(job)}/files").json() == []
    assert said(by("bea").get(place)) == said(by("bea").call("DELETE", place)) == (404, "NOT_FOUND")


def test_a_payment_is_booked_twice_and_reversed(desk: Desk, by: By) -> None:
    job, ledger = desk.job(amount=1000), f"{address(desk.job(amount=1000))}/payments"
    assert job
    first, second = (by("bea").send(ledger, {"amount": "5.00", "reference": "7"}).json() for _ in range(2))

    back = by("bea").send(f"{ledger}/{second['id']}/reversal", {"note": "Twice"})

    assert (first["resembles"], second["resembles"]) == (None, first["id"])
    assert (back.status_code, back.json()["amount"], back.json()["reverses"]) == (201, "-5.00", second["id"])
    assert said(by("bea").send(f"{ledger}/{second['id']}/reversal", {})) == (409, "CONDITION_NOT_MET")


def test_a_person_is_changed(desk: Desk, by: By) -> None:
    place = f"/api/users/{desk.who('wren').id}"

    answer = by("ada").send(place, {"email": "wren2@example.com", "capacity": 2}, "PATCH")

    assert (answer.json()["email"], answer.json()["capacity"]) == ("wren2@example.com", 2)
    assert said(by("bea").send(place, {"name": "X"}, "PATCH")) == (403, "FORBIDDEN")
    assert said(by("ada").send(place, {"role": "king"}, "PATCH")) == (422, "INVALID_FIELD")
    assert said(by("ada").send("/api/users/4711", {"name": "X"}, "PATCH")) == (404, "NOT_FOUND")
