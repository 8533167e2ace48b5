"""Amending: what was ordered is changed later, and the history says from what to what, to those who may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from models import database
from models.job import Job
from models.status import FINAL, Status
from models.user import Role, User
from models.work_type import WorkType
from workflow import access, checks, money, moves
from workflow.orders.placing import listed_amount
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField
from workflow.text import moments

THE_CLIENTS = frozenset({"title", "instructions", "quantity", "deadline"})
"""What a client may change, while the order is pending; staff may change all until it is final."""


@dataclass(frozen=True)
class Amendable:
    """A part of an order that can be changed: its name in sentences, and the action that the history calls it."""

    called: str
    action: str = "amend"


AMENDABLE = {
    "title": Amendable("title"),
    "instructions": Amendable("instructions"),
    "work_type": Amendable("kind of work"),
    "quantity": Amendable("quantity"),
    "unit": Amendable("unit"),
    "deadline": Amendable("deadline"),
    "amount": Amendable("amount", "reprice"),
    "writer_deadline": Amendable("writer’s deadline", "reschedule"),
}
"""Who may read of `reprice` and `reschedule` stands in workflow/history/visibility.py."""


def amend(job_id: int, changes: dict[str, Any], *, by: User, version: int | None = None) -> Job:
    """Change these parts of an order (amounts in minor units, moments aware); what stays as it was is no change.

    A new quantity or kind of work has the list's price, when the old one was the list's, and its kind's unit. Raises
    NotFound, Conflict, Forbidden for what this person may not change, ConditionNotMet once it is too late, or
    InvalidField.
    """
    wanted = check(changes)
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor, version)
        wanted = {name: value for name, value in wanted.items() if value != getattr(job, name)}
        if not wanted:
            return job
        _allow(job, actor, set(wanted))
        wanted |= _of_the_list(session, job, wanted)
        told = list(_lines(job, wanted))
        for name, value in wanted.items():
            setattr(job, name, value)
        for action, note in told:
            moves.record(session, job, action, job.status, by=actor, note=note)
        return job


def check(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes as they are kept; raises InvalidField for all that do not fit."""
    return checks.together(**{name: partial(_checked, name, value) for name, value in changes.items()})


def _of_the_list(session: Session, job: Job, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the price list changes along with a new quantity or another kind of work, unless it was said."""
    if not wanted.keys() & {"quantity", "work_type"}:
        return {}
    old = WorkType.called(session, job.work_type)
    new = WorkType.called(session, wanted.get("work_type", job.work_type))
    if new is None or job.amount != (old.amount(job.quantity) if old else 0):
        return {}
    listed = {"amount": listed_amount(new, wanted.get("quantity", job.quantity)), "unit": new.unit}
    return {name: value for name, value in listed.items() if name not in wanted and value != getattr(job, name)}


def _allow(job: Job, actor: User, names: set[str]) -> None:
    if job.status in FINAL:
        raise ConditionNotMet([f"The order is {job.status}; nothing of it is changed any more."])
    if actor.is_staff:
        return
    if actor.role is Role.writer:
        raise Forbidden("Only the agency and the client can change what was ordered.")
    if job.status is not Status.pending:
        raise ConditionNotMet(["The agency has accepted the order as it is: ask them for changes."])
    if names - THE_CLIENTS:
        raise Forbidden("Only the agency can change this.")


def _checked(name: str, value: Any) -> Any:
    match name:
        case "title":
            return checks.line(name, value, checks.TITLE)
        case "instructions":
            return checks.text(name, value, checks.INSTRUCTIONS) or ""
        case "work_type" | "unit":
            return checks.short(name, value, 60 if name == "work_type" else 30)
        case "quantity" | "amount":
            return checks.whole(name, value, 1 if name == "quantity" else 0)
        case "deadline" | "writer_deadline":
            return checks.moment(name, value)
    raise InvalidField(name, "This cannot be changed.")


def _lines(job: Job, wanted: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Action -> what it changes, in words; one line of the history each."""
    for action in dict.fromkeys(part.action for part in AMENDABLE.values()):
        names = [name for name, part in AMENDABLE.items() if name in wanted and part.action == action]
        said = [_said(job, name, wanted[name]) for name in names]
        if said:
            yield action, "; ".join(said)


def _said(job: Job, name: str, new: Any) -> str:
    called, old = AMENDABLE[name].called, getattr(job, name)
    if name == "instructions":
        return f"{called} rewritten"
    if name == "amount":
        return f"{called}: {money.shown(old, job.currency)} → {money.shown(new, job.currency)}"
    return f"{called}: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return moments.kept(value)
    return f"{value:,}" if isinstance(value, int) else value or "none"
