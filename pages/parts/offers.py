"""What a reader may press on an order, as data: the name of each button, and under what is closed, why."""

from dataclasses import dataclass

from models.job import Job
from models.rules import Rules
from models.status import Status
from models.user import Role, User
from workflow.guards import Ask
from workflow.possibilities import NAMEABLE, Possibility, possibilities
from workflow.words import ACTIONS, label

LOUD = {"approve", "assign", "start", "deliver", "resume", "complete"}
"""The step that usually comes next is the filled button; the others are outlined."""


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
    """All that this reader's role could ever take from where the order stands; `load` is what a writer has in hand."""
    seen = possibilities(Ask.before_choosing(job, reader, rules, load))
    return tuple(_offer(choice, reader) for choice in seen if choice.ever and choice.action not in leave_out)


def _offer(choice: Possibility, reader: User) -> Offer:
    words = ACTIONS[choice.action]
    name = "Take this order" if choice.action == "assign" and not reader.is_staff else words.button
    why = " ".join(choice.reasons)
    return Offer(choice.action, name, words.icon, choice.action in LOUD, why, bool(why) and choice.askable)


def no_way(status: Status) -> str:
    """Why an order that stands there cannot go elsewhere: what it can become."""
    ways = " or ".join(label(target, Role.manager).lower() for target in NAMEABLE[status])
    return f"An order that is {label(status, Role.manager).lower()} can only become {ways}."
