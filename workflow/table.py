"""The lifecycle as a plain table, read off the machine once: every question is answered from here, every move there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from statemachine import State

from models.status import Status
from workflow.guards import Ask, Guard
from workflow.lifecycle import Lifecycle
from workflow.words import ACTIONS


@dataclass(frozen=True)
class Arrow:
    """One way of the lifecycle; where an action has two, the first whose `choice` holds is taken."""

    action: str
    source: Status
    target: Status
    guard: Guard
    choice: Callable[[Ask], bool] | None
    has_side_effect: bool


@dataclass(frozen=True)
class Possibility:
    """An action seen by one person now: where it leads, why it is closed if it is, and whether it is their role's."""

    action: str
    target: Status
    reasons: tuple[str, ...]
    permitted: bool
    ever: bool

    @property
    def possible(self) -> bool:
        """Whether it would go through."""
        return not self.reasons


def _read_off() -> tuple[Arrow, ...]:
    return tuple(
        Arrow(
            action=str(arrow.event),
            source=Status(state.value),
            target=Status(cast(State, arrow.target).value),
            guard=next(spec.func.args[0] for spec in arrow.validators),
            choice=next((spec.func for spec in arrow.cond), None),
            has_side_effect=any(callable(spec.func) for spec in arrow.on),
        )
        for state in Lifecycle.states
        for arrow in state.transitions
    )


ARROWS = _read_off()
LEAVING = {status: tuple(arrow for arrow in ARROWS if arrow.source is status) for status in Status}


def _nameable(status: Status) -> dict[Status, str]:
    firsts = {arrow.action: arrow.target for arrow in reversed(LEAVING[status])}
    return {target: action for action, target in reversed(firsts.items())}


NAMEABLE = {status: _nameable(status) for status in Status}
"""Status -> what a caller may ask for by name, each with its action; a fallback such as revision_pending is none."""


def taken(ask: Ask, action: str) -> Arrow | None:
    """The arrow that this action would take now, if one leaves from where the job stands."""
    arrows = (arrow for arrow in LEAVING[ask.job.status] if arrow.action == action)
    return next((arrow for arrow in arrows if arrow.choice is None or arrow.choice(ask)), None)


def judge(arrow: Arrow, ask: Ask) -> Possibility:
    """Whether this person may take this arrow now, and if not, why."""
    permitted = arrow.guard.admits(ask)
    reasons = arrow.guard.reasons(ask) if permitted else [arrow.guard.refusal(ask, ACTIONS[arrow.action].verb)]
    return Possibility(arrow.action, arrow.target, tuple(reasons), permitted, ask.actor.role in arrow.guard.roles)


def possibilities(ask: Ask) -> list[Possibility]:
    """Every action that leaves from where the job stands, as this person sees it now."""
    actions = dict.fromkeys(arrow.action for arrow in LEAVING[ask.job.status])
    return [judge(arrow, ask) for action in actions if (arrow := taken(ask, action))]
