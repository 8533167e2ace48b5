"""Notifications by REST: one's own, the newest first."""

from datetime import datetime, timedelta

from tests.api.caller import By, news, said
from tests.desk import Desk


def test_a_line_says_all_there_is(desk_with_news: Desk, by: By) -> None:
    job = by("cleo").get("/api/jobs").json()["items"][0]
    line = news(desk_with_news, by, "cleo").json()[0]

    assert line == {
        "id": line["id"],
        "userId": desk_with_news.who("cleo").id,
        "jobId": job["id"],
        "type": "order_updated",
        "title": f"Order {job['displayId']} Status Updated",
        "message": 'Order "Research Paper": The order has been cancelled',
        "read": False,
        "createdAt": line["createdAt"],
    }
    assert datetime.fromisoformat(line["createdAt"]) - datetime.fromisoformat(job["updatedAt"]) < timedelta(seconds=5)
    assert line["createdAt"].endswith("Z")


def test_the_newest_comes_first(desk_with_news: Desk, by: By) -> None:
    lines = news(desk_with_news, by, "cleo").json()

    assert [line["message"].split(": ")[1] for line in lines] == [
        "The order has been cancelled",
        "Your order has been accepted",
        "We have received your order",
    ]
    assert lines[0]["id"] > lines[1]["id"] > lines[2]["id"]


def test_no_more_than_asked_for(desk_with_news: Desk, by: By) -> None:
    lines = news(desk_with_news, by, "cleo").json()

    assert news(desk_with_news, by, "cleo", limit=2).json() == lines[:2]
    assert news(desk_with_news, by, "cleo", limit=500).json() == lines
    assert said(news(desk_with_news, by, "cleo", limit=501)) == (422, "INVALID_FIELD")


def test_those_with_nothing_get_nothing(desk_with_news: Desk, by: By) -> None:
    assert news(desk_with_news, by, "carl").json() == []


def test_one_must_say_who_one_is(desk: Desk, by: By) -> None:
    assert said(by("cleo").get("/api/notifications")) == (400, "MISSING_USER_ID")
    for unfit in ("0", "-1", "cleo", "1.5", str(10**30)):
        assert said(by("cleo").get("/api/notifications", userId=unfit)) == (400, "INVALID_ID")


def test_nobody_reads_for_others(desk_with_news: Desk, by: By) -> None:
    for reader in ("carl", "wren", "ada"):
        answer = by(reader).get("/api/notifications", userId=desk_with_news.who("cleo").id)

        assert said(answer) == (403, "FORBIDDEN")
