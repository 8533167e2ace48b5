"""A look: a slower, older answer never replaces a newer one, and one more look follows those who ask meanwhile."""

import asyncio
from types import SimpleNamespace
from typing import Any

from pages.parts.look import Look


class Slow:
    """A search that answers when it is told to."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[str]] = []
        self.shown: list[str] = []
        live: Any = SimpleNamespace(ended=False, client=SimpleNamespace(is_deleted=False), partings=[])
        self.look = Look(live, self.read, self.shown.append)

    async def read(self) -> str:
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]


def test_the_newer_search_stays() -> None:
    async def story() -> list[str]:
        slow = Slow()
        older, newer = asyncio.create_task(slow.look.again()), asyncio.create_task(slow.look.again())
        await asyncio.sleep(0)
        slow.answers[1].set_result("newer")
        await newer
        slow.answers[0].set_result("older")
        await older
        return slow.shown

    assert asyncio.run(story()) == ["newer"]


def test_an_answer_to_a_page_that_was_left_is_shown_to_nobody() -> None:
    async def story() -> list[str]:
        slow = Slow()
        look = asyncio.create_task(slow.look.again())
        await asyncio.sleep(0)
        slow.look.live.client.is_deleted = True  # pyright: ignore[reportAttributeAccessIssue]
        for let_go in slow.look.live.partings:
            let_go()
        slow.answers[0].set_result("late")
        await look
        return slow.shown

    assert asyncio.run(story()) == []


def test_a_page_that_has_ended_asks_no_more() -> None:
    async def story() -> int:
        slow = Slow()
        slow.look.live.ended = True
        await slow.look.again()
        return len(slow.answers)

    assert asyncio.run(story()) == 0
