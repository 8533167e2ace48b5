"""Counts: one reading of the numbers serves all pages that show the same, however many ask for it."""

import asyncio

import pytest
from nicegui import core

from models.order_counts import Numbers
from models.status import Status
from pages.board import counts
from tests.desk import Desk, on_sqlite, statements


async def asked_for(pages: list[counts.Counts], shown: list[Numbers]) -> int:
    """How many statements it takes when these pages all want to know the numbers."""
    core.loop = asyncio.get_running_loop()
    for page in pages:
        page.shows.add(lambda found, _page=page: shown.append(found))
    with statements() as asked:
        for page in pages:
            page.soon()
        await asyncio.sleep(0.5)
    return len(asked)


@on_sqlite
def test_one_reading_serves_all_pages_of_the_staff(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "PAUSE", 0)
    monkeypatch.setattr(core, "loop", None)
    desk.job("editing")
    shown: list[Numbers] = []

    alone = asyncio.run(asked_for([counts.counts_for(desk.who("bob"))], []))
    together = asyncio.run(asked_for([counts.counts_for(desk.who(name)) for name in ("bea", "ada")], shown))

    assert together == alone > 0
    assert [found.of([Status.editing]) for found in shown] == [1, 1]


@on_sqlite
def test_clients_have_their_own(desk: Desk) -> None:
    cleo, carl = (counts.counts_for(desk.who(name)) for name in ("cleo", "carl"))

    assert cleo is not carl
    assert cleo is counts.counts_for(desk.who("cleo"))


def test_an_order_that_moves_is_counted_elsewhere() -> None:
    there = Numbers({Status.pending: 2}, at_risk=1)

    moved = there.moved(Status.pending, Status.approved).moved(None, Status.pending).moved(Status.approved, None)

    assert [moved.of([status]) for status in (Status.pending, Status.approved)] == [2, 0]
    assert moved.at_risk == 1
    assert there.of([Status.pending]) == 2
