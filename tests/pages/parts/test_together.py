"""Reading together: many pages that ask the same thing cost the database one question."""

import asyncio
from threading import Event

import pytest
from sqlmodel import Session

from pages.parts.together import read_together
from tests.desk import Desk


class Shelf:
    """Cleo's orders, read by a question that answers when it may."""

    def __init__(self) -> None:
        self.orders, self.readings = ["menu"], 0
        self.has_begun, self.may_answer = Event(), Event()

    def read(self, _session: Session) -> list[str]:
        self.readings += 1
        seen = list(self.orders)
        self.has_begun.set()
        self.may_answer.wait(10)
        return seen

    def ask(self) -> "asyncio.Task[list[str]]":
        return asyncio.create_task(read_together("cleo", self.read))

    async def ask_and_wait(self) -> "asyncio.Task[list[str]]":
        asked = self.ask()
        await asyncio.to_thread(self.has_begun.wait, 10)
        return asked


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    return Shelf()


def test_fifty_pages_ask_once(shelf: Shelf) -> None:
    async def story() -> list[list[str]]:
        shelf.may_answer.set()
        return await asyncio.gather(*(shelf.ask() for _ in range(50)))

    assert asyncio.run(story()) == [["menu"]] * 50
    assert shelf.readings == 1


def test_whoever_asks_later_hears_of_what_is_later(shelf: Shelf) -> None:
    async def story() -> list[list[str]]:
        early = await shelf.ask_and_wait()
        shelf.orders.append("flyer")
        late = shelf.ask()
        await asyncio.sleep(0)
        shelf.may_answer.set()
        return [await early, await late]

    assert asyncio.run(story()) == [["menu"], ["menu", "flyer"]]


def test_a_page_that_is_left_takes_the_answer_from_nobody(shelf: Shelf) -> None:
    async def story() -> list[str]:
        left, stays = shelf.ask(), await shelf.ask_and_wait()
        left.cancel()
        shelf.may_answer.set()
        return await stays

    assert asyncio.run(story()) == ["menu"]
