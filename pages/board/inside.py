"""What a card holds for whoever does the work: the brief and the files of its order, once somebody opens it."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

import settings
from models.file import File, Kind
from models.job import Job, find
from models.user import User
from pages.job import brief
from pages.live import Live
from pages.parts.confirmation import sure
from pages.parts.look import Look
from pages.parts.offers import offers
from pages.parts.sizes import size
from pages.parts.upload_field import NAMES, field
from pages.parts.without_file import HANDS_IN
from workflow.text import characters
from workflow.words import ACTIONS

Told = dict[str, Any]


def place_for_work() -> Told:
    """The place on a card where the finished work is dropped."""
    return field("Drop the finished work here, or choose it", [Kind.final], settings.current().max_file_bytes)


class Insides:
    """The insides that are open on one page; `changed` hears of each order whose inside is told anew."""

    def __init__(self, live: Live, changed: Callable[[int], object]) -> None:
        self.live, self.changed = live, changed
        self.told: dict[int, Told] = {}
        self._open, self._asking = set[int](), set[int]()
        self.look = Look(live, self._read, self._show)
        live.job_handlers.append(self._hear)
        live.partings.append(self._let_go)

    def _let_go(self) -> None:
        self.changed = lambda _key: None

    async def open(self, key: int) -> None:
        """Tell this order's brief and files, and again whenever it has news."""
        self._open.add(key)
        await self.look.again()

    async def hands_in(self, job: Job) -> str | None:
        """Offer to hand in what was just brought, by the name of whom it goes to; the action that was chosen.

        It is asked once, however many files come together.
        """
        if job.key in self._asking:
            return None
        self._asking.add(job.key)
        try:
            return await _hands_in(self.live, job)
        finally:
            self._asking.discard(job.key)

    def _hear(self, job: Job) -> None:
        if job.key in self._open:
            self.look.soon()

    async def _read(self) -> dict[int, Told]:
        keys, reader = tuple(self._open), self.live.user

        def look(session: Session) -> dict[int, Told]:
            jobs = [job for key in keys if (job := find(session, reader, job_id=key))]
            return {job.key: _inside(session, job, reader) for job in jobs}

        return await self.live.read(look)

    def _show(self, found: dict[int, Told]) -> None:
        self.told = found
        for key in found:
            self.changed(key)


def _inside(session: Session, job: Job, reader: User) -> Told:
    there = [file for file in File.of(session, job, reader) if not file.deleted_at]
    files = [
        {"id": file.id, "name": file.name, "about": f"{NAMES[file.kind]} · {size(file.size)}"} for file in there[::-1]
    ]
    answers = [f"{answer['question']}\n{answer['answer']}" for answer in job.answers]
    return {"brief": "\n\n".join([brief.instructions(job), *answers]), "files": files}


async def _hands_in(live: Live, job: Job) -> str | None:
    offered = [offer.action for offer in offers(job, live.user, live.rules, len(live.in_hand)) if not offer.why]
    action = next((action for action in HANDS_IN if action in offered), None)
    if action is None:
        return None
    title, client = characters.isolated(job.title), characters.isolated(job.client.first_name)
    if action == "deliver":
        yes = await sure(f"Deliver “{title}” now?", f"{client} gets it, and hears of it.", f"Deliver to {client}")
    else:
        yes = await sure(f"Hand in “{title}” now?", "The agency looks at it first.", ACTIONS[action].button)
    return action if yes else None
