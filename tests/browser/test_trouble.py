"""The database goes away and comes again: open pages say so by themselves, and one that cannot be read says why."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from playwright.sync_api import expect

from models import causes
from pages.error_pages import TITLES
from tests.browser.conftest import Opener
from tests.desk import Desk


@contextmanager
def away(desk: Desk) -> Iterator[None]:
    """PostgreSQL lets nobody into this database, and has sent away who was in, within the block."""
    name = desk.database.url.database
    with psycopg.connect(desk.url.replace(f"/{name}", "/postgres"), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


@pytest.mark.parametrize("server", ["postgresql"], indirect=True)
def test_trouble_is_said_and_its_end(desk: Desk, window: Opener, mishaps: list[str]) -> None:
    cleo, other = window("cleo", "/client"), window("cleo", "/profile")
    banner = cleo.page.locator(".trouble")

    with away(desk):
        expect(banner).to_contain_text(f"{causes.AWAY.what}. What is shown may be out of date")
        answer = other.page.goto("/client")
        assert answer
        assert answer.status == 503
        expect(other.page.get_by_role("heading")).to_have_text(TITLES[503])
        expect(other.page.get_by_role("alert")).to_have_text(causes.AWAY.sentence)
    expect(banner).to_contain_text("That is over")

    assert not cleo.was_reloaded
    other.go("/client")
    mishaps.clear()  # the browser complains of the answer 503
