"""News from elsewhere: changes of another process arrive, and when one server dies, the next loses none."""

from collections.abc import Iterator

import httpx
import pytest

from tests.api.events.subscriber import Subscribe, subscribed, tell
from tests.browser.server import Server
from tests.desk import Desk
from workflow.live.watch import SECONDS, Watcher
from workflow.upkeep import Clock


@pytest.fixture
def watcher(desk: Desk) -> Iterator[Clock]:
    """Watches what other processes commit."""
    watcher = Clock("watcher", SECONDS, Watcher().look)
    watcher.start()
    yield watcher
    watcher.stop()


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    """Docket in a process of its own, on the same agency."""
    server = Server(desk.folder, desk.url)
    server.data = desk.folder
    yield server
    server.stop(at_once=True)


@pytest.mark.usefixtures("watcher")
def test_another_process_is_heard(desk: Desk, subscribe: Subscribe) -> None:
    job = desk.job("in_progress")

    with subscribe("cleo") as stream:
        stream.take(1)
        desk.elsewhere(
            "from workflow import moves\nfrom models import User\ndb.use(settings.current().database)\n"
            "with db.reading() as session: wren = User.by_email(session, 'wren@example.com')\n"
            f"moves.make({job.id}, 'deliver', by=wren)"
        )
        event = stream.data()

    assert (event["jobId"], event["status"]) == (job.id, "delivered")


def test_a_restart_loses_nothing(desk: Desk, server: Server, subscribe: Subscribe) -> None:
    job = desk.job()
    server.start()

    at_the_server = httpx.Client(base_url=server.url, trust_env=False)
    with at_the_server, subscribed(at_the_server, desk.who("cleo")) as stream:
        stream.take(1)
        tell(job, 2)
        heard = stream.take(2)
        server.stop(at_once=True)
    tell(job, 3)
    with subscribe("cleo", last=int(heard[-1].id)) as stream:
        heard += stream.take(4)[1:]
        tell(job, 2)
        heard += stream.take(2)

    assert [event.id for event in heard] == [str(line.id) for line in desk.notifications("cleo")[1:]]
