"""The lifecycle as a plain table, read off the machine once: every question is answered from here, every move there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from statemachine import State

from models.status import Status
from workflow.conditions import not_on_hold
from workflow.guards import Ask, Guard
from workflow.lifecycle import Lifecycle
from workflow.refusals import InvalidTransition


@dataclass(frozen=True)
class Arrow:
    """One way of the lifecycle; where an action has two, the first whose `choice` holds is taken."""

    action: str
    source: Status
    target: Status
    guard: Guard
    choice: Callable[[Ask], bool] | None
    has_side_effect: bool

    @property
    def first(self) -> "Arrow":
        """The arrow of the same action that is tried before; by its target, callers name the action."""
        return next(arrow for arrow in LEAVING[self.source] if arrow.action == self.action)

    @property
    def has_condition(self) -> bool:
        """Whether more than the right person, and no hold, is needed or decides where it leads."""
        return self.first.choice is not None or any(condition is not not_on_hold for condition in self.guard.conditions)


@dataclass(frozen=True)
class Possibility:
    """An action seen by one person now: where it leads, and why it is closed if it is.

    `asked_as` is the status that a caller names for it: nobody names a fallback such as revision_pending. `ever` says
    that their role could take it at some time, `askable` that somebody else could open it for them.
    """

    action: str
    target: Status
    asked_as: Status
    reasons: tuple[str, ...]
    permitted: bool
    ever: bool
    has_condition: bool
    askable: bool

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
    reasons = arrow.guard.reasons(ask) if permitted else [arrow.guard.refusal(ask, arrow.action)]
    return Possibility(
        action=arrow.action,
        target=arrow.target,
        asked_as=arrow.first.target,
        reasons=tuple(reasons),
        permitted=permitted,
        ever=ask.role in arrow.guard.roles,
        has_condition=arrow.has_condition,
        askable=permitted and any(not condition.is_theirs(ask) for condition in arrow.guard.open_conditions(ask)),
    )


def foresee(ask: Ask, wanted: Status, action: str | None = None) -> Status:
    """Where the job would stand if somebody asked for this status, by this action if one is named; nothing is done.

    Raises what the move would: InvalidTransition, Forbidden or ConditionNotMet.
    """
    if wanted is ask.job.status:
        return wanted
    leading = NAMEABLE[ask.job.status].get(wanted)
    arrow = taken(ask, leading) if leading and action in (None, leading) else None
    if arrow is None:
        raise InvalidTransition(ask.job.status, wanted, NAMEABLE[ask.job.status])
    arrow.guard.check(ask, arrow.action)
    return arrow.target


def possibilities(ask: Ask) -> list[Possibility]:
    """Every action that leaves from where the job stands, as this person sees it now."""
    actions = dict.fromkeys(arrow.action for arrow in LEAVING[ask.job.status])
    return [judge(arrow, ask) for action in actions if (arrow := taken(ask, action))]
