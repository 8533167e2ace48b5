"""Rounds: letters on their way to the server, over one line as long as it answers."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

from models import database
from models.agency import Agency
from models.letter import Letter
from workflow import checks
from workflow.mail import causes, message, outcomes, reasons, unsubscribe
from workflow.mail.causes import CAUSES, About

SLOW = 3.0
"""Seconds after which a letter that has got no answer keeps its line to itself, and the others go over a new one."""

LINES = 3
"""How many lines there are at most: where none of these gets an answer, it is the server that does not answer."""

Failure = tuple[str, Exception]
"""The cause, by its name, and what said so."""


class Round:
    """One walk to the mail server, with all that is due; a server that takes nothing is left alone at once."""

    def __init__(self, agency: Agency, more: Callable[[], list[Letter]]) -> None:
        """`more` claims what has become due while a letter waited for its answer."""
        self.taken = self._answers = 0
        self._agency, self._more = agency, more
        self._outage: Failure | None = None
        self._doubts: list[tuple[Letter, int, Failure]] = []
        self._free: list[message.Line] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._no_more_lines = False

    async def send(self, letters: list[Letter]) -> int:
        """Send these and whatever becomes due meanwhile; returns how many the server took."""
        async with AsyncExitStack() as self._lines:
            while letters or self._under_way:
                for letter in letters:
                    if not self._is_over:
                        self._under_way.add(asyncio.create_task(self._take_along(letter)))
                        await self._some_are_done()
                await self._some_are_done()
                letters = self._more() if self._under_way and not self._is_over else []
        self._settle()
        return self.taken

    @property
    def is_answered(self) -> bool:
        """Whether the server is well: it took a letter, or refused one for that letter's sake."""
        return self._answers > 0 and self._outage is None

    @property
    def _is_over(self) -> bool:
        silent = sum(self._answers == before for _, before, _ in self._doubts)
        return self._outage is not None or self._no_more_lines or silent >= LINES

    async def _some_are_done(self) -> None:
        if self._under_way:
            patience = SLOW if len(self._under_way) < LINES else None
            first = asyncio.FIRST_COMPLETED
            done, self._under_way = await asyncio.wait(self._under_way, timeout=patience, return_when=first)
            for task in done:
                task.result()

    async def _take_along(self, letter: Letter) -> None:
        line = self._free.pop() if self._free else await self._lines.enter_async_context(message.Line())
        try:
            await line.open()
        except Exception as error:  # noqa: BLE001 - what keeps us from the server keeps all letters from it
            if len(self._under_way) > 1:  # a server may allow one line, and that one is taken
                self._no_more_lines = True
            else:
                self._outage = causes.of_the_line(error), error
            return
        if held := _with_a_reason(letter):
            before = self._answers
            await self._hand_over(line, held, before)
        self._free.append(line)

    async def _hand_over(self, line: message.Line, letter: Letter, before: int) -> None:
        """The letter is sent before it is marked so, for twice is better than never."""
        failure = await _failure(line, letter, self._agency)
        if failure is None:
            self._answers, self.taken = self._answers + 1, self.taken + 1
            outcomes.mark(letter, outcomes.sent)
        elif CAUSES[failure[0]].about is About.server:
            self._outage = failure
        elif CAUSES[failure[0]].about is About.either:
            self._doubts.append((letter, before, failure))
        else:
            self._answers += 1
            outcomes.mark(letter, outcomes.failed, *failure)

    def _settle(self) -> None:
        """Where others were answered after a letter that was not, that letter is to blame; else the server is."""
        for letter, before, failure in self._doubts:
            if self._answers > before:
                outcomes.mark(letter, outcomes.failed, *failure)
            else:
                self._outage = self._outage or failure
                outcomes.mark(letter, outcomes.put_back)
        if self._outage:
            outcomes.away(*self._outage)


def _with_a_reason(letter: Letter) -> Letter | None:
    """The letter as it is now, if it is still ours and something speaks for it.

    It is not ours any more when we were asleep, or have been stopped: somebody else has it.
    """
    with database.reading() as session:
        held = Letter.held(session, letter.key)
        reason = held and reasons.against(session, held)
    if held and reason:
        outcomes.mark(held, outcomes.dropped, reason)
    return None if reason else held


async def _failure(line: message.Line, letter: Letter, agency: Agency) -> Failure | None:
    """Why the letter was not taken; None when it was."""
    try:
        checks.mailed(letter.recipient)
    except Exception as error:  # noqa: BLE001 - wrong addresses raise errors of many kinds
        return "address", error
    try:
        await line.hand_over(message.message(letter, agency.name, agency.logo, unsubscribe.address(letter)))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter, the next ones must go out
        return causes.of_the_letter(error), error
    return None
