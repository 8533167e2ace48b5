"""The stream: each piece of news as it is written, for whom it is meant and for nobody else."""

import httpx
import pytest
from fastapi import routing, sse

from api import access_tokens
from tests.api.caller import By, said
from tests.api.events.subscriber import SUBSCRIBE, Subscribe, tell
from tests.desk import Desk
from workflow.orders import payments


def test_it_begins_with_connected(desk: Desk, subscribe: Subscribe) -> None:
    desk.job(client="cleo")

    with subscribe("cleo") as stream:
        (first,) = stream.take(1)
        assert stream.answer.headers["content-type"].startswith("text/event-stream")
        assert stream.answer.headers["cache-control"] == "no-store"

    assert (first.event, first.json()) == ("connected", {"userId": desk.who("cleo").id})


def test_an_event_is_a_notification(desk: Desk, by: By, subscribe: Subscribe) -> None:
    job = desk.job("in_progress")

    with subscribe("cleo") as stream:
        stream.take(1)
        desk.make(job, "deliver", by="wren")
        (event,) = stream.take(1)

    line = by("cleo").get("/api/notifications", userId=desk.who("cleo").id).json()[0]
    assert (event.id, event.event) == (str(line["id"]), "order_updated")
    assert event.json() == line | {"status": "delivered"}


def test_each_event_has_its_own_status(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job("approved")
    before = desk.notifications("cleo")[-1].id

    desk.make(job, "assign", by="bea", writer="wren")
    desk.make(job, "start", by="wren")
    payments.record(job.key, 500, by=desk.who("bea"))

    with subscribe("cleo", last=before) as stream:
        events = stream.take(4)[1:]
    assert [event.json()["status"] for event in events] == ["assigned", "in_progress", "in_progress"]
    assert [event.event for event in events] == ["order_updated", "order_updated", "payment_recorded"]


def test_ones_own_changes_come_too(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job("in_progress")

    with subscribe("wren") as stream:
        stream.take(1)
        desk.make(job, "deliver", by="wren")
        assert stream.data()["read"] is True


def test_others_hear_nothing_of_it(desk: Desk, subscribe: Subscribe) -> None:
    cleos, carls = desk.job(client="cleo"), desk.job(client="carl")

    with subscribe("carl", last=0) as carl, subscribe("cleo") as cleo:
        cleo.take(1)
        for job in (cleos, carls, cleos):
            tell(job)
        heard = [event.json() for event in carl.take(3)[1:]]
        assert {event.json()["jobId"] for event in cleo.take(2)} == {cleos.id}

    assert [(event["userId"], event["jobId"], event["type"]) for event in heard] == [
        (carls.client_id, carls.id, "order_created"),
        (carls.client_id, carls.id, "comment_added"),
    ]


def test_it_answers_under_orders_too(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()

    with subscribe("cleo", path=SUBSCRIBE.replace("/api/jobs", "/orders")) as stream:
        stream.take(1)
        desk.make(job, "approve", by="bea")
        assert stream.data()["status"] == "approved"


def test_a_silent_stream_shows_that_it_lives(desk: Desk, street: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sse._PING_INTERVAL == 15.0
    monkeypatch.setattr(routing, "_PING_INTERVAL", 0.05)
    headers = {"Authorization": f"Bearer {access_tokens.issued(desk.who('cleo'))}"}

    with street.stream("GET", SUBSCRIBE, headers=headers) as answer:
        lines = answer.iter_lines()
        assert next(line for line in lines if line.startswith(":"))


def test_strangers_hear_nothing(desk: Desk, street: httpx.Client) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = street.get(SUBSCRIBE, headers=headers)

        assert said(answer) == (401, "UNAUTHENTICATED")
