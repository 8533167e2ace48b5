"""News since a moment, which itself is left out."""

from datetime import datetime, timedelta

from tests.api.caller import By, news, said
from tests.desk import Desk, later

NO_MOMENTS = ["lately", "2026-11-21", "2026-11-21T09:30:00", "1790000000", "0", "2026-13-01T00:00:00Z", "\x00"]
NO_MOMENTS += ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"]


def test_since_leaves_out_its_own_moment(desk_with_news: Desk, by: By) -> None:
    lines = news(desk_with_news, by, "cleo").json()

    for seen, line in enumerate(lines):
        assert news(desk_with_news, by, "cleo", since=line["createdAt"]).json() == lines[:seen]


def test_since_may_come_from_any_zone(desk_with_news: Desk, by: By) -> None:
    [newest, before, _] = news(desk_with_news, by, "cleo").json()
    moment = datetime.fromisoformat(before["createdAt"])

    for hours in (-8, 0, 2, 5.5):
        there = (moment + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.%f")
        zone = f"{'-' if hours < 0 else '+'}{int(abs(hours)):02}:{int(abs(hours) % 1 * 60):02}"
        assert news(desk_with_news, by, "cleo", since=there + zone).json() == [newest]
        typed = f"/api/notifications?userId={newest['userId']}&since={there}{zone}"
        assert by("cleo").call("GET", typed).json() == [newest]


def test_since_must_be_a_moment(desk: Desk, by: By) -> None:
    for since in NO_MOMENTS:
        assert (since, *said(news(desk, by, "cleo", since=since))) == (since, 400, "INVALID_SINCE")


def test_an_empty_since_is_none(desk_with_news: Desk, by: By) -> None:
    assert len(news(desk_with_news, by, "cleo", since="").json()) == 3


def test_a_clock_set_back_hides_nothing(desk_with_news: Desk, by: By) -> None:
    seen = news(desk_with_news, by, "cleo").json()[0]
    with later(hours=-1):
        by("cleo").place("Tea")
        by("cleo").place("Cake")

    fresh = news(desk_with_news, by, "cleo", since=seen["createdAt"]).json()

    assert len(fresh) == 2
    assert news(desk_with_news, by, "cleo", since=fresh[0]["createdAt"]).json() == []
