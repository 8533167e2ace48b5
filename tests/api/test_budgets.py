"""Budgets at the door for programs: over each one, 429 with the time to wait and a sentence, and others go on."""

import httpx
import pytest
from sqlmodel import select

from models import Comment, Job, database
from models.file import Kind
from tests.api.caller import By, Caller, address, said
from tests.api.test_files import form
from tests.desk import Desk, later
from workflow import budgets, limits


def is_told_to_wait(answer: httpx.Response) -> bool:
    """Whether somebody asks for too much, and reads since when not any more."""
    assert int(answer.headers["Retry-After"]) >= 1
    return said(answer) == (429, "RATE_LIMITED")


def test_a_token_makes_so_many_requests(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.REQUESTS, "most", 5)
    for _ in range(5):
        assert by("cleo").get("/api/jobs").is_success

    assert is_told_to_wait(by("cleo").get("/api/jobs"))
    assert said(by("carl").get("/api/jobs")) == (200, None)
    assert said(Caller(by("cleo").client).get("/api/jobs")) == (401, "UNAUTHENTICATED")


def test_a_thousand_requests_a_second_are_possible() -> None:
    assert budgets.REQUESTS.number >= 60 * 1000


def test_so_many_are_answered_at_once(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.REQUESTS_AT_ONCE, "most", 1)

    with budgets.REQUESTS_AT_ONCE.held(desk.who("cleo").id):
        assert is_told_to_wait(by("cleo").get("/api/jobs"))

    assert said(by("cleo").get("/api/jobs")) == (200, None)


def test_somebody_listens_so_often(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.STREAMS, "most", 1)

    with budgets.STREAMS.held(desk.who("cleo").id):
        assert is_told_to_wait(by("cleo").get("/api/jobs/events/subscribe"))


def test_a_client_places_so_many_orders_an_hour(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.ORDERS, "most", 3)
    for _ in range(3):
        assert by("cleo").place().is_success

    assert is_told_to_wait(by("cleo").place())

    assert len(by("cleo").titles()) == 3
    assert by("carl").place().is_success
    assert by("bea").place(clientId=desk.who("cleo").id).is_success
    with later(hours=1, seconds=1):
        assert by("cleo").place().is_success


def test_it_holds_after_a_restart(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.COMMENTS, "most", 2)
    talk = f"{address(desk.job())}/comments"
    for _ in range(2):
        assert by("cleo").send(talk, {"body": "Hello"}).is_success

    limits.forget()

    assert is_told_to_wait(by("cleo").send(talk, {"body": "Hello"}))
    with database.reading() as session:
        assert len(session.exec(select(Comment)).all()) == 2
    assert by("bea").send(talk, {"body": "Hello"}).is_success


def bring(by: By, job: Job, words: bytes = b"words") -> httpx.Response:
    """Cleo brings a brief."""
    return by("cleo").call("POST", f"{address(job)}/files", **form(words, Kind.brief))


def test_files_are_counted_by_number_and_size(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    job = desk.job()
    monkeypatch.setattr(budgets.FILES, "most", 2)
    assert [bring(by, job).status_code for _ in range(3)] == [201, 201, 429]

    monkeypatch.setattr(budgets.FILES, "most", 100)
    monkeypatch.setattr(budgets.BYTES, "most", 20)
    assert [bring(by, job).status_code for _ in range(3)] == [201, 201, 429]


def test_downloads_are_counted(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.DOWNLOADS, "most", 2)
    job = desk.job()
    file = bring(by, job).json()["id"]

    answers = [by("cleo").client.get(f"{address(job)}/files/{file}", headers=by("cleo").headers) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
