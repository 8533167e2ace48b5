"""Jobs and people in memory alone: enough for all that the lifecycle decides."""

from typing import Any

from models import Job, Rules, User
from models.status import Status
from tests.desk import people
from workflow.guards import Ask
from workflow.lifecycle import Lifecycle


def _numbered(cast: dict[str, User]) -> dict[str, User]:
    for number, user in enumerate(cast.values(), 1):
        user.id = number * 29 % 100  # so that Carl comes after Cleo, and Wolf before Wren
    return cast


AT_HAND = _numbered(people())
"""The cast, with ids as if they were stored."""


def who(name: str | User | None) -> User | None:
    """One of the cast, or nobody."""
    return AT_HAND[name] if isinstance(name, str) else name


def job(
    status: str = "pending",
    *,
    client: str = "cleo",
    writer: str | None = "wren",
    manager: str | None = "bea",
    **fields: Any,
) -> Job:
    """A job of Cleo's that Wren works on and Bea manages, unless the story says otherwise."""
    fields |= {"client": who(client), "writer": who(writer), "manager": who(manager)}
    fields |= {f"{part}_id": person and person.id for part, person in fields.items() if isinstance(person, User)}
    return Job(id=1, display_id="DK-2026-0001", year=2026, number=1, title="Tea", status=Status(status), **fields)


def ask(job: Job, by: str, rules: Rules | None = None, *, writer: str | User | None = None, **more: Any) -> Ask:
    """The question whether somebody may do something with this job."""
    return Ask(job, AT_HAND[by], rules or Rules(), who(writer), **more)


def send(action: str, ask: Ask) -> Status:
    """Have the machine take this action; returns where the job stands then."""
    Lifecycle(ask.job, state_field="status").send(action, ask=ask)
    return ask.job.status
