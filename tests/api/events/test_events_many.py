"""Many events: every open connection gets all of them, in order, each once."""

from concurrent.futures import ThreadPoolExecutor

from models import Notification, database
from tests.api.events.subscriber import Stream, Subscribe, tell
from tests.desk import Desk


def test_a_thousand_events_reach_both(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()

    with subscribe("cleo") as one, subscribe("cleo") as other, ThreadPoolExecutor(2) as readers:
        assert one.kinds(1) == other.kinds(1) == ["connected"]
        heard = [readers.submit(numbers, stream, 1000) for stream in (one, other)]
        for _ in range(25):
            tell(job, 39)
            desk.make(desk.put(job, status="pending"), "approve", by="bea")
        first, second = (future.result(60) for future in heard)

    _ordered, *told = written(desk)
    assert first == second == told
    assert len(told) == 1000


def test_a_slow_reader_loses_nothing(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job()

    with subscribe("cleo") as slow:
        slow.take(1)
        for _ in range(2):
            tell(job, 600)
        assert numbers(slow, 1200) == written(desk)[1:]


def numbers(stream: Stream, events: int) -> list[int]:
    """The ids of the next so many events."""
    return [int(event.id) for event in stream.take(events)]


def written(desk: Desk) -> list[int | None]:
    """The ids of all of Cleo's news."""
    with database.reading() as session:
        return [line.id for line in Notification.after(session, desk.who("cleo").key, 0, 2000)]
