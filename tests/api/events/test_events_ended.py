"""The end of a stream: a closed connection frees it, and a closed account ends it."""

import time
from typing import Any

from tests.api.caller import By, said
from tests.api.events.subscriber import Subscribe, tell
from tests.desk import Desk
from workflow import metrics
from workflow.people import administration

NOBODY = {"totalSubscriptions": 0, "userCount": 0, "subscriptionTypes": {"order_updates": 0}, "openPages": 0}


def test_stats_count_who_listens(desk: Desk, by: By, subscribe: Subscribe) -> None:
    desk.job()

    with subscribe("cleo") as one, subscribe("cleo") as two, subscribe("wren") as three:
        assert [stream.kinds(1) for stream in (one, two, three)] == [["connected"]] * 3
        listening = stats(by)

    assert listening == NOBODY | {
        "totalSubscriptions": 3,
        "userCount": 2,
        "bufferedEvents": 4,
        "subscriptionTypes": {"order_updates": 3},
    }


def test_a_closed_connection_is_freed(desk: Desk, by: By, subscribe: Subscribe) -> None:
    with subscribe("cleo") as stream, subscribe("cleo") as other:
        assert stream.kinds(1) == other.kinds(1) == ["connected"]
        assert metrics.value(metrics.STREAMS) == 2

    assert stats(by) == NOBODY | {"bufferedEvents": 0}
    assert metrics.value(metrics.STREAMS) == 0


def test_one_of_two_may_go(desk: Desk, by: By, subscribe: Subscribe) -> None:
    job = desk.job()

    with subscribe("cleo") as staying:
        staying.take(1)
        with subscribe("cleo") as leaving:
            leaving.take(1)
        assert stats(by)["totalSubscriptions"] == 1
        tell(job)
        assert staying.data()["jobId"] == job.id


def test_a_closed_account_ends_its_streams(desk: Desk, by: By, subscribe: Subscribe) -> None:
    job, cleo = desk.job(), desk.who("cleo")

    with subscribe("cleo") as one, subscribe("cleo") as two, subscribe("wren") as other:
        for stream in (one, two, other):
            stream.take(1)
        administration.change(cleo.key, {"active": False}, by=desk.who("ada"))
        tell(job)

        assert one.take(1) == two.take(1) == []
        assert eventually(by, 1)["userCount"] == 1


def test_only_admins_see_who_listens(desk: Desk, by: By) -> None:
    for name in ("cleo", "wren", "bea"):
        assert said(by(name).get("/api/jobs/events/stats")) == (403, "FORBIDDEN")


def stats(by: By) -> dict[str, Any]:
    """Who listens, as an admin sees it."""
    return by("ada").get("/api/jobs/events/stats").json()


def eventually(by: By, total: int) -> dict[str, Any]:
    """The same, once there are so many; it ends after five seconds in any case."""
    give_up = time.monotonic() + 5
    while (seen := stats(by))["totalSubscriptions"] != total and time.monotonic() < give_up:
        time.sleep(0.01)
    return seen
