"""The sample agency "Paper & Ink": people, and sixty orders whose histories went through the real lifecycle."""

import itertools
import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import clock, database
from models.file import Kind
from models.job import Job
from models.notification import Notification
from models.user import Role, User
from models.work_type import WorkType
from workflow import moves
from workflow.demo.texts import ANSWERS, CLIENTS, DAYS, KINDS, NOTES, QUESTIONS, TEXT, TITLES, WRITERS
from workflow.mail import reasons
from workflow.orders import files, payments, placing
from workflow.orders.terms import Order
from workflow.people import accounts, passwords
from workflow.storage.incoming import Incoming

AGENCY = "Paper & Ink"
PASSWORD = "docket-demo"  # noqa: S105 - printed in the README, for demonstration only  # nosec B105
DOORS = [
    ("Ada, the admin", "admin@example.com"),
    ("Bea, a manager", "manager1@example.com"),
    ("Wren, a writer", "writer1@example.com"),
    ("Cleo, a client", "client1@example.com"),
]
"""The accounts that the sign-in page offers in demo mode."""

COUNTS = {
    "pending": 5,
    "approved": 4,
    "assigned": 5,
    "in_progress": 8,
    "editing": 4,
    "delivered": 6,
    "revision": 3,
    "revision_pending": 2,
    "completed": 19,
    "cancelled": 4,
}
"""How many of the sixty orders end at each status."""

TO_DELIVERED = ["approve", "assign", "start", "deliver"]
ROUND = ["request_revision", "resume", "deliver"]
PATHS = {
    "pending": [[]],
    "approved": [["approve"]],
    "assigned": [["approve", "assign"]],
    "in_progress": [["approve", "assign", "start"], [*TO_DELIVERED, "request_revision", "resume"]],
    "editing": [["approve", "assign", "start", "submit"]],
    "delivered": [TO_DELIVERED, ["approve", "assign", "start", "submit", "deliver"], [*TO_DELIVERED, *ROUND]],
    "revision": [[*TO_DELIVERED, "request_revision"]],
    "revision_pending": [[*TO_DELIVERED, *ROUND, "request_revision"]],
    "completed": [[*TO_DELIVERED, "complete"], [*TO_DELIVERED, *ROUND, "complete"]],
    "cancelled": [["cancel"], ["approve", "cancel"], ["approve", "assign", "start", "cancel"]],
}
"""The ways by which an order came to where it stands."""

FOR_WREN_AND_CLEO = {0: "in_progress", 12: "delivered", 24: "assigned", 36: "revision", 48: "completed"}
"""Cleo orders from Wren every twelfth time: something for both to do, whoever looks around."""

ROUNDS_TOO_MANY = 2
"""An order with so many revision requests had only one included."""

STARTED = 3
"""From so many actions on, an order that was cancelled had a writer, and only the agency could cancel it."""


NOWHERE = f"samples{reasons.NOWHERE}"
"""Where sample people of a real agency have their addresses: no letter ever goes there."""


@dataclass(frozen=True, order=True)
class Step:
    """Something that happened to one of the sixty orders: it was placed (no action), or moved."""

    moment: datetime
    order: int
    action: str = ""


def open_agency() -> None:
    """The agency of `main.py demo`, with its four doors on the sign-in page."""
    accounts.set_up(AGENCY, "Ada Brandt", "admin@example.com", PASSWORD)
    fill(PASSWORD)


def fill(password: str = "") -> None:  # none is no password  # nosec B107
    """Add the sample people and orders; without a password, nobody can sign in as one of them."""
    people = _hire(passwords.hashed(password or secrets.token_urlsafe(24)), "example.com" if password else NOWHERE)
    _offer()
    dice = random.Random(7)  # noqa: S311 - the same agency every time  # nosec B311
    plans = [path for status, count in COUNTS.items() for path in _paths(status, count)]
    dice.shuffle(plans)
    for number, status in FOR_WREN_AND_CLEO.items():
        there = plans.index(PATHS[status][0])
        plans[number], plans[there] = plans[there], plans[number]
    orders = [_Sample(number, path, people, dice) for number, path in enumerate(plans)]
    for step in sorted(step for order in orders for step in order.steps()):
        with clock.at(step.moment):
            orders[step.order].take(step.action)
    with database.writing() as session:
        Notification.mark_read_before(session, clock.now() - timedelta(days=2))


def _paths(status: str, count: int) -> list[list[str]]:
    return list(itertools.islice(itertools.cycle(PATHS[status]), count))


def _offer() -> None:
    """The price list, unless the agency has one already."""
    with database.writing() as session:
        if not WorkType.everything(session):
            session.add_all(
                WorkType(name=name, price=cents * 10, per=100, usual_days=DAYS.get(name, 7), questions=QUESTIONS)
                for name, cents in KINDS.items()
            )


def _hire(password_hash: str, domain: str) -> dict[Role, list[User]]:
    names = {Role.manager: ["Bea Holm", "Bob Okafor"], Role.writer: WRITERS, Role.client: CLIENTS}
    people = {
        role: [
            User(email=f"{role}{number}@{domain}", name=name, role=role, password_hash=password_hash)
            for number, name in enumerate(of_role, 1)
        ]
        for role, of_role in names.items()
    }
    with database.writing() as session:
        session.add_all(user for users in people.values() for user in users)
    return people


class _Sample:
    """One of the sixty orders: who is around it, and how it came to where it stands."""

    def __init__(self, number: int, path: list[str], people: dict[Role, list[User]], dice: random.Random) -> None:
        self.number, self.path, self.dice = number, path, dice
        self.manager, self.writer, self.client = (
            people[role][number % len(people[role])] for role in (Role.manager, Role.writer, Role.client)
        )
        self.done = not path or path[-1] in {"complete", "cancel"}
        self.job: Job | None = None

    def steps(self) -> Iterator[Step]:
        """What happened to it, and when: what is over lies up to 90 days back, what runs began within three weeks."""
        end = clock.now() - timedelta(hours=self.dice.uniform(1, 24 * (70 if self.done and self.path else 3)))
        gaps = [timedelta(hours=self.dice.uniform(3, 40)) for _ in self.path]
        moment = end - sum(gaps, timedelta())
        yield Step(moment, self.number)
        for action, gap in zip(self.path, gaps, strict=True):
            moment += gap
            yield Step(moment, self.number, action)

    def take(self, action: str) -> None:
        """Place the order, or take this action as the one whose turn it is."""
        if not action:
            wanted = self._wanted()
            by = self.client if wanted.included_revisions is None else self.manager  # rounds are the agency's to say
            self.job = placing.place(wanted, by=by)
            return
        assert self.job is not None
        words = self.dice.choice(NOTES[action]) if action in NOTES else None
        if action == "deliver":
            self._hand_in(self.job)
        elif action == "complete":
            payments.record(self.job.key, self.job.amount, by=self.manager, method="Bank transfer")
        due = self.job.deadline and self.job.deadline - timedelta(days=1)
        self.job = moves.make(
            self.job.key,
            action,
            by=self._actor(action),
            note=None if action == "request_revision" else words,
            revision_notes=words if action == "request_revision" else None,
            writer_id=self._named(action),
            writer_deadline=due if action == "assign" else None,
        )
        if action in {"start", "resume"} and action == self.path[-1]:
            self._hand_in(self.job)  # one click delivers it

    def _hand_in(self, job: Job) -> None:
        """The text, as a final file; each round brings a new version."""
        name = "".join(letter if letter.isalnum() else "-" for letter in job.title.lower())
        with Incoming() as incoming:
            incoming.write(f"{job.title}\n\n{TEXT}\n\nVersion {job.revision_count + 1}\n".encode())
            files.bring(incoming, job.key, f"{name}.txt", Kind.final, by=self.writer)

    def _wanted(self) -> Order:
        kind = self.dice.choice(list(KINDS))
        words = self.dice.randrange(4, 40) * 100
        days = self.dice.uniform(6, 16) if self.path[-1:] in (["complete"], ["cancel"]) else self.dice.uniform(4, 20)
        deadline = (clock.now() + timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)
        return Order(
            title=TITLES[self.number],
            instructions=f"{kind} of about {words:,} words. Friendly and clear; our readers are not experts.",
            work_type=kind,
            quantity=words,
            answers=tuple(zip(QUESTIONS, self.dice.choice(ANSWERS), strict=True)),
            deadline=deadline,
            client_id=self.client.id,
            included_revisions=1 if self.path.count("request_revision") == ROUNDS_TOO_MANY else None,
        )

    def _named(self, action: str) -> int | None:
        return self.writer.id if action == "assign" else None

    def _actor(self, action: str) -> User:
        if action in {"request_revision", "complete"} or (action == "cancel" and len(self.path) < STARTED):
            return self.client
        by_writer = action in {"start", "submit", "resume"} or (action == "deliver" and "submit" not in self.path)
        return self.writer if by_writer else self.manager
