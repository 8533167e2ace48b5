"""The lifecycle's documentation: read off the machine, so that it cannot be out of date."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.job import Job
from models.rules import Rules
from models.status import FINAL, Status
from models.status_log import StatusLog
from models.user import Role
from workflow.lifecycle import Lifecycle
from workflow.possibilities import ARROWS, Arrow
from workflow.rules import RULES
from workflow.words import ACTIONS, LABELS, TURNS


def diagram() -> str:
    """The lifecycle as a Mermaid state diagram."""
    return format(Lifecycle, "mermaid")


def states() -> list[dict[str, Any]]:
    """Every status: its labels, whose turn it is, whether it is final."""
    return [
        {
            "name": status,
            "label": LABELS[status][0],
            "clientLabel": LABELS[status][1],
            "turn": TURNS.get(status),
            "initial": status is Status.pending,
            "final": status in FINAL,
        }
        for status in Status
    ]


def transitions() -> list[dict[str, Any]]:
    """Every arrow: who may take it, under which conditions, and whether it does more than change the status."""
    return [
        {
            "from": arrow.source,
            "to": arrow.target,
            "action": arrow.action,
            "roles": [role for role in Role if role in arrow.guard.roles],
            "conditions": conditions(arrow),
            "hasCondition": arrow.has_condition,
            "hasSideEffect": arrow.has_side_effect,
        }
        for arrow in ARROWS
    ]


def conditions(arrow: Arrow) -> list[str]:
    """The names of what must hold before this arrow may be taken, and of what chooses it."""
    named = [condition.holds.__name__ for condition in arrow.guard.conditions]
    choice = arrow.first.choice
    if choice is None:
        return named
    return [*named, choice.__name__ if arrow is arrow.first else f"no_{choice.__name__}"]


def rules_in_force(rules: Rules) -> list[dict[str, Any]]:
    """Every rule with what it does and how it is set now."""
    return [
        {"name": name, "title": rule.title, "effect": rule.effect, "value": getattr(rules, name)}
        for name, rule in RULES.items()
    ]


def matrix() -> dict[str, dict[Role, list[Arrow]]]:
    """Action -> role -> the arrows that somebody of this role may ever take."""
    actions = dict.fromkeys(arrow.action for arrow in ARROWS)
    return {
        action: {
            role: [arrow for arrow in ARROWS if arrow.action == action and role in arrow.guard.roles] for role in Role
        }
        for action in sorted(actions, key=list(ACTIONS).index)
    }


LATEST = 200
"""From how many departures, the latest ones, the usual time is taken: a long history costs no more to look at."""


@dataclass(frozen=True)
class Occupancy:
    """A status today: how many orders stand there, and and the median time of those who left it lately, if any did."""

    now: int
    median: timedelta | None


def occupancy(session: Session) -> dict[Status, Occupancy]:
    """Every status with its numbers."""
    counts = dict(session.exec(select(Job.status, func.count()).group_by(Job.status)).all())
    return {status: Occupancy(counts.get(status, 0), _usual_time(session, status)) for status in Status}


def _usual_time(session: Session, status: Status) -> timedelta | None:
    """The median time that orders stood there before they left, of the latest who did; a hold is not told apart."""
    came, left = aliased(StatusLog), aliased(StatusLog)
    arrival = select(came.created_at).where(
        came.job_id == left.job_id,
        col(came.id) < col(left.id),
        came.new_status == status,
        col(came.old_status).is_distinct_from(status),
    )
    latest = arrival.order_by(col(came.id).desc()).limit(1).correlate(left).scalar_subquery()
    departures = select(latest, left.created_at).where(left.old_status == status, left.new_status != status)
    rows = session.exec(departures.order_by(col(left.id).desc()).limit(LATEST))
    spent = [(gone - there).total_seconds() for there, gone in rows if there]
    return timedelta(seconds=median(spent)) if spent else None
