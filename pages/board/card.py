"""The card of an order as data: what a reader reads on it, and what they may press there. `cards.js` shows it."""

from typing import Any

from nicegui import json

from models import clock
from models.intention import Intention
from models.job import Job
from models.rules import Rules
from models.status import FINAL, IN_HAND, Status
from models.user import Role, User
from pages.parts import job_facts
from pages.parts.offers import RARE, offers
from workflow import money, paying
from workflow.orders.intentions import TAKEN_BACK
from workflow.words import label

Told = dict[str, Any]


def card(job: Job, reader: User, rules: Rules, load: int) -> Told:
    """The card; `load` is how many orders a writer has in hand."""
    return {
        "key": job.key,
        "version": job.version,
        "number": job.display_id,
        "title": job.title,
        "status": job.status,
        "label": label(job.status, reader.role),
        "late": job.is_late_for(reader),
        "people": job_facts.people(job, reader),
        "deadline": job_facts.held(job, reader) if job.on_hold else job_facts.summary(job, reader),
        "asked": job_facts.wanted_changes(job) if reader.role is Role.writer else "",
        "in_hand": job.writer_id == reader.id and job.status in IN_HAND,
        "actions": [vars(offer) for offer in offers(job, reader, rules, load, leave_out=RARE)],
    } | (_for_client(job, reader, rules) if reader.role is Role.client else {"paused": True} if job.on_hold else {})


def _for_client(job: Job, reader: User, rules: Rules) -> Told:
    """What only its client reads: who has finished it, or how far it is, and since when."""
    told: Told = {"held": True} if job.waits_for_client else {}
    if paying.is_awaited(job, rules):
        told["due"] = f"{money.shown(job.balance_due, job.currency, reader.locale)} to be paid"
    if job.status in FINAL:
        return told | {"again": f"/new?copy={job.display_id}"}
    if job.status is Status.delivered:
        return told | {"lead": job_facts.finished(job)}
    return told | {"step": job_facts.STEPS[job.status], "news": job_facts.news(job, reader)}


def own(wish: Intention | None, inside: Told | None) -> Told:
    """What stands on it for one reader alone: a step that can still be taken back, what was opened."""
    told: Told = {"inside": inside} if inside else {}
    if wish:
        seconds = (wish.due_at - clock.now()).total_seconds()
        told["wish"] = {"action": wish.action, "doing": TAKEN_BACK[wish.action].doing, "seconds": seconds}
    return told


def reading_alike(reader: User, load: int) -> object:
    """What readers have in common who find the same on a card: staff of one place do, others have each their own."""
    return (None if reader.is_staff else reader.id, reader.time_zone, reader.locale, load)


class Written:
    """The cards of the order that was told of last, as JSON: written once for all pages that show the same."""

    def __init__(self) -> None:
        self._about: tuple[Job, Rules] | None = None
        self._cards: dict[object, str] = {}

    def card(self, job: Job, reader: User, rules: Rules, load: int) -> str:
        """The card."""
        if self._about is None or self._about[0] is not job or self._about[1] is not rules:
            self._about, self._cards = (job, rules), {}
        kind = reading_alike(reader, load)
        if kind not in self._cards:
            self._cards[kind] = json.dumps(card(job, reader, rules, load))
        return self._cards[kind]
