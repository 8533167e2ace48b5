"""What a stream missed: replayed from the table, the newest fifty at most."""

import pytest

from tests.api.events.subscriber import SUBSCRIBE, Subscribe, tell
from tests.desk import Desk


def test_a_dropped_stream_goes_on(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()
    heard, last = [], None

    for _ in range(3):
        with subscribe("cleo", last=last) as stream:
            stream.take(1)
            heard += [event.id for event in stream.take(4 if last else 0)]
            tell(job, 3)
            heard += [event.id for event in stream.take(2)]
        last = heard[-1]
        tell(job, 3)

    written = [str(line.id) for line in desk.notifications("cleo")[1:]]
    assert heard == written[: len(heard)]
    assert len(heard) == 14


@pytest.mark.parametrize("missed", [1, 50])
def test_fifty_are_replayed(desk: Desk, subscribe: Subscribe, missed: int) -> None:
    job = desk.job()
    last = desk.notifications("cleo")[-1].id
    tell(job, missed)

    with subscribe("cleo", last=last) as stream:
        kinds = stream.kinds(1 + missed)
        tell(job)
        (live,) = stream.take(1)

    assert kinds == ["connected"] + ["comment_added"] * missed
    assert live.id == str(desk.notifications("cleo")[-1].id)


@pytest.mark.parametrize("missed", [51, 120])
def test_more_than_fifty_reset(desk: Desk, subscribe: Subscribe, missed: int) -> None:
    job = desk.job()
    last = desk.notifications("cleo")[-1].id
    tell(job, missed)

    with subscribe("cleo", last=last) as stream:
        first, reset, *replayed = stream.take(52)
        tell(job)
        replayed += stream.take(1)

    assert (first.event, reset.event, reset.id) == ("connected", "reset", "")
    assert [event.id for event in replayed] == [str(line.id) for line in desk.notifications("cleo")[-51:]]


def test_without_an_id_nothing_is_replayed(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()
    tell(job, 3)

    with subscribe("cleo") as stream:
        stream.take(1)
        tell(job)
        (event,) = stream.take(1)

    assert event.id == str(desk.notifications("cleo")[-1].id)


def test_the_id_may_stand_in_the_address(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()
    tell(job, 3)
    first, *rest = [str(line.id) for line in desk.notifications("cleo")]

    with subscribe("cleo", path=f"{SUBSCRIBE}?lastEventId={first}") as stream:
        assert [event.id for event in stream.take(4)[1:]] == rest


def test_an_unknown_id_is_no_obstacle(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()

    for last in ("", "abc", "-1", "1.5", "٣", 2**31, 2**63, 10**18, 10**19, "9" * 500):
        with subscribe("cleo", path=f"{SUBSCRIBE}?lastEventId={last}") as stream:
            assert stream.kinds(1) == ["connected"]
            tell(job)
            assert stream.data()["id"] == desk.notifications("cleo")[-1].id


def test_the_gaps_of_others_do_not_count(desk: Desk, subscribe: Subscribe) -> None:
    cleos, carls = desk.job(client="cleo"), desk.job(client="carl")
    last = desk.notifications("cleo")[-1].id
    tell(carls, 60)
    tell(cleos, 2)

    with subscribe("cleo", last=last) as stream:
        assert stream.kinds(3) == ["connected", "comment_added", "comment_added"]
