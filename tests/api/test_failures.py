"""Failures that nobody foresaw: one sentence with a reference, and everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.api.caller import By, said
from tests.desk import Desk


@contextmanager
def failing(desk: Desk) -> Iterator[None]:
    """The last thing that every change writes cannot be written."""
    desk.sql("DELETE FROM rings WHERE id < (SELECT max(id) FROM rings)", "CREATE UNIQUE INDEX one ON rings (origin)")
    yield
    desk.sql("DROP INDEX one")


@pytest.fixture
def failed(desk: Desk, by: By) -> httpx.Response:
    """What Wren is told whose delivery failed."""
    job = desk.job("in_progress", writer="wren")
    with failing(desk):
        return by("wren").move(job, "delivered", note="Here it is")


def test_the_answer_and_the_log_share_a_reference(desk: Desk, by: By, caplog: pytest.LogCaptureFixture) -> None:
    job = desk.job()

    with failing(desk):
        answer = by("bea").move(job, "approved")

    assert said(answer) == (500, "UPDATE_FAILED")
    assert answer.json()["reference"] in answer.json()["error"]
    assert f"Reference {answer.json()['reference']}" in caplog.messages
    assert "Traceback" in caplog.text


def test_the_answer_keeps_the_reason_to_itself(failed: httpx.Response) -> None:
    assert said(failed) == (500, "UPDATE_FAILED")
    assert not any(word in failed.text for word in ("rings", "Traceback", "INSERT", "Error"))


def test_everything_is_rolled_back(desk: Desk, by: By, failed: httpx.Response) -> None:
    job = by("ada").get("/api/jobs").json()["items"][0]

    assert (job["status"], job["version"]) == ("in_progress", 4)
    assert [line["action"] for line in by("ada").logs(job["id"])] == ["start", "assign", "approve", "create"]
    assert desk.news_of("cleo") == desk.news_of("ada") == []
    assert desk.letters() == []
    assert desk.faults() == []


def test_it_goes_through_once_mended(desk: Desk, by: By, failed: httpx.Response) -> None:
    job = by("ada").get("/api/jobs").json()["items"][0]["id"]

    assert said(by("wren").move(job, "delivered")) == (200, None)
    assert (len(desk.news_of("cleo")), len(desk.letters())) == (1, 1)


def test_a_failed_order_leaves_no_gap(desk: Desk, by: By) -> None:
    first = by("cleo").place().json()
    with failing(desk):
        assert said(by("cleo").place()) == (500, "UPDATE_FAILED")
    second = by("cleo").place().json()

    assert [job["displayId"][-5:] for job in (first, second)] == ["-0001", "-0002"]
    assert desk.faults() == []
