"""What a reader may press on an order, as data: the name of each button, and under what is closed, why."""

from dataclasses import dataclass

from models.job import Job
from models.rules import Rules
from models.status import Status
from models.user import Role, User
from workflow.guards import Ask
from workflow.possibilities import NAMEABLE, Possibility, possibilities
from workflow.words import ACTIONS, button, label

LOUD = {"approve", "assign", "start", "deliver", "resume", "complete"}
"""The step that usually comes next is the filled button; the others are outlined."""


RARE = frozenset({"cancel"})
"""Steps too rare, and too final, to stand beside the others: they are in the menu of the order's page."""


@dataclass(frozen=True)
class Offer:
    """A button: `why` says why it is closed, `askable` that somebody else could open it for the reader."""

    action: str
    name: str
    icon: str
    is_loud: bool
    why: str
    askable: bool


def offers(
    job: Job, reader: User, rules: Rules, load: int, leave_out: frozenset[str] = frozenset()
) -> tuple[Offer, ...]:
    """All that this reader's role could ever take from where the order stands, what is open and usual first.

    `load` is what a writer has in hand.
    """
    seen = possibilities(Ask.before_choosing(job, reader, rules, load))
    found = [_offer(choice, job, reader) for choice in seen if choice.ever and choice.action not in leave_out]
    return tuple(sorted(found, key=lambda offer: (bool(offer.why), not offer.is_loud)))


def _offer(choice: Possibility, job: Job, reader: User) -> Offer:
    icon, why = ACTIONS[choice.action].icon, " ".join(choice.reasons)
    name = button(choice.action, job.status, reader.role)
    return Offer(choice.action, name, icon, choice.action in LOUD, why, bool(why) and choice.askable)


def no_way(status: Status) -> str:
    """Why an order that stands there cannot go elsewhere: what it can become."""
    ways = " or ".join(label(target, Role.manager).lower() for target in NAMEABLE[status])
    return f"An order that is {label(status, Role.manager).lower()} can only become {ways}."
