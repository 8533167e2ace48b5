"""Marking notifications read, one or all, and only one's own."""

import pytest

from tests.api.caller import By, said
from tests.desk import Desk


@pytest.fixture
def lines(desk: Desk, by: By) -> list[int]:
    """The ids of Cleo's three unread lines, oldest first."""
    job = desk.job(client="cleo")
    by("bea").move(job, "approved")
    by("bea").move(job, "assigned", writerId=desk.who("wren").id)
    by("bea").move(job, "cancelled")
    return [line.id for line in desk.notifications("cleo") if line.id and not line.read]


def unread(desk: Desk, name: str) -> list[int | None]:
    """The ids of what somebody has not read."""
    return [line.id for line in desk.notifications(name) if not line.read]


def test_one_is_read(desk: Desk, by: By, lines: list[int]) -> None:
    answer = by("cleo").call("POST", f"/api/notifications/{lines[1]}/read")

    assert (answer.json()["id"], answer.json()["read"]) == (lines[1], True)
    assert unread(desk, "cleo") == [lines[0], lines[2]]


def test_to_read_again_harms_nothing(desk: Desk, by: By, lines: list[int]) -> None:
    first, second = (by("cleo").call("POST", f"/api/notifications/{lines[0]}/read") for _ in range(2))

    assert first.json() == second.json()
    assert unread(desk, "cleo") == lines[1:]


def test_all_are_read(desk: Desk, by: By, lines: list[int]) -> None:
    others = unread(desk, "ada")

    assert by("cleo").call("POST", "/api/notifications/read-all").json() == {"updated": 3}
    assert by("cleo").call("POST", "/api/notifications/read-all").json() == {"updated": 0}
    assert unread(desk, "cleo") == []
    assert unread(desk, "ada") == others != []


def test_nobody_reads_anothers(desk: Desk, by: By, lines: list[int]) -> None:
    for reader in ("carl", "ada"):
        answers = [by(reader).call("POST", f"/api/notifications/{line}/read") for line in (lines[0], 4711)]

        assert [said(answer) for answer in answers] == [(404, "NOT_FOUND")] * 2
        assert answers[0].text == answers[1].text
    assert unread(desk, "cleo") == lines
