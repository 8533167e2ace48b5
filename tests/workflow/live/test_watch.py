"""The watcher: what another process has committed rings the bell here as well."""

from threading import Event

import pytest

from models import Ring, database
from tests.desk import FAILED, Desk, listening
from workflow.live import watch
from workflow.live.bell import bell
from workflow.live.watch import Watcher
from workflow.upkeep import clocks


def test_another_process_rings_here(desk: Desk) -> None:
    job = desk.job("in_progress")
    watcher, before = Watcher(), bell.number(desk.who("carl").key)

    desk.elsewhere(
        f"from workflow import moves\nfrom models.user import User\ndb.use(settings.current().database)\n"
        f"with db.reading() as session: wren = User.by_email(session, 'wren@example.com')\n"
        f"moves.make({job.id}, 'deliver', by=wren)"
    )
    with listening() as heard:
        watcher.look()
        watcher.look()

    (news,) = heard
    assert news.job
    assert (news.job.display_id, news.job.status, news.job.client.name) == (job.display_id, "delivered", "Cleo Clark")
    assert news.audience == {desk.who(name).id for name in ("cleo", "wren", "bea", "bob", "ada")}
    assert sorted(line.user_id for line in news.notifications) == sorted(
        desk.who(name).key for name in ("cleo", "wren", "bea", "ada")
    )
    assert bell.number(desk.who("carl").key) == before


def test_our_own_changes_ring_once(desk: Desk) -> None:
    job, watcher = desk.job("in_progress"), Watcher()

    with listening() as heard:
        desk.make(job, "deliver", by="wren")
        watcher.look()

    assert len(heard) == 1


def test_old_news_are_not_repeated(desk: Desk) -> None:
    job, watcher = desk.job("in_progress"), Watcher()
    desk.make(job, "deliver", by="wren")
    watcher.look()

    ring(job_id=job.id)
    with listening() as heard:
        watcher.look()

    assert [list(news.notifications) for news in heard] == [[]]


def test_only_what_is_new_rings(desk: Desk) -> None:
    job = desk.job("in_progress")
    ring(job_id=job.id)
    watcher = Watcher()

    with listening() as heard:
        watcher.look()

    assert heard == []


def test_a_sign_out_elsewhere_rings_here(desk: Desk) -> None:
    watcher = Watcher()
    ring(user_id=desk.who("wren").id)
    ring(user_id=desk.who("cleo").id)

    with listening() as heard:
        watcher.look()

    assert [news.audience for news in heard] == [{desk.who("wren").id, desk.who("cleo").id}]


def test_some_rings_are_for_everybody(desk: Desk) -> None:
    watcher = Watcher()
    ring()

    with listening() as heard:
        watcher.look()

    assert [news.audience for news in heard] == [None]


def test_a_failed_look_loses_nothing(desk: Desk) -> None:
    job, watcher = desk.job("in_progress"), Watcher()
    ring(job_id=job.id)

    with desk.without("jobs"), pytest.raises(FAILED):
        watcher.look()

    with listening() as heard:
        watcher.look()
    assert [news.job and news.job.id for news in heard] == [job.id]


def test_it_looks_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SECONDS", 0.01)
    heard, watcher = Event(), next(clock for clock in clocks() if clock.name == "watcher")

    with listening(lambda _news: heard.set()):
        watcher.start()
        ring()
        assert heard.wait(60)
        watcher.stop()


def ring(job_id: int | None = None, user_id: int | None = None) -> None:
    """Ring as another process does."""
    with database.writing() as session:
        session.add(Ring(origin="elsewhere", job_id=job_id, user_id=user_id))
