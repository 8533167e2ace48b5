"""What may be done with a job now, and why not; moving it by an action's name; putting it on hold."""

from typing import Annotated

from fastapi import APIRouter

from api.door import Actor, SignedInRoute
from api.job_out import JobOut
from api.schemas import Id, Note, Number, Shape, Text, Wish, needed
from models import database, known
from models.job import Job, loads
from models.status import Status, Turn
from models.user import User
from workflow import access, moves
from workflow.guards import Ask
from workflow.orders import holds
from workflow.possibilities import NAMEABLE, Possibility, possibilities
from workflow.refusals import InvalidTransition
from workflow.words import label

router = APIRouter(route_class=SignedInRoute, tags=["Jobs"])


class ValidTransition(Shape):
    """Somewhere the job may go."""

    to: Status
    action: str
    has_condition: bool


class Blocked(Shape):
    """An action that this caller's role may take, but not now."""

    action: str
    to: Status
    reasons: list[str]


class ValidActions(Shape):
    """What this caller may do with the job now, and what not, and why not."""

    current_status: Status
    valid_actions: list[str]
    valid_transitions: list[ValidTransition]
    blocked_actions: list[Blocked]


class ActionWish(Wish):
    """Where a job shall go, by which action if that matters, and why."""

    new_status: Status
    action: Text | None = None
    reason: Note | None = None
    writer_id: Number | None = None


class Transition(Shape):
    """What became of a wish."""

    success: bool
    new_state: Status
    message: str


class Changed(Shape):
    """The job as it stands now, and how it came there."""

    success: bool
    order: JobOut
    transition: Transition


class Reason(Wish):
    """Why a job is put on hold, and whom it waits for."""

    reason: Annotated[Text, needed(holds.REASON)]
    waits_for: Turn | None = None


def _choices(job: Job, actor: User) -> list[Possibility]:
    with database.reading() as session:
        load = loads(session, [actor.key]).get(actor.key, 0)
        return possibilities(Ask.before_choosing(job, actor, known.of(session).rules, load))


@router.get("/{jobId}/valid-actions")
def valid_actions(jobId: Id, actor: Actor) -> ValidActions:  # noqa: N803 - the name in the address
    """What the caller may do with the job now; of the rest, what their role could do later, with the reasons."""
    job = access.seen(jobId, actor)
    choices = _choices(job, actor)
    return ValidActions(
        current_status=job.status,
        valid_actions=[choice.action for choice in choices if choice.possible],
        valid_transitions=[
            ValidTransition(to=choice.asked_as, action=choice.action, has_condition=choice.has_condition)
            for choice in choices
            if choice.possible
        ],
        blocked_actions=[
            Blocked(action=choice.action, to=choice.asked_as, reasons=list(choice.reasons))
            for choice in choices
            if choice.ever and not choice.possible
        ],
    )


@router.post("/{jobId}/change-status")
def change_status(jobId: Id, wish: ActionWish, actor: Actor) -> Changed:  # noqa: N803 - the name in the address
    """Move a job to the status named, by the action named if there is one."""
    moves.only_with_assignment(wish.new_status, wish.writer_id)
    job = access.seen(jobId, actor)
    if wish.action and NAMEABLE[job.status].get(wish.new_status) != wish.action and wish.new_status is not job.status:
        raise InvalidTransition(job.status, wish.new_status, NAMEABLE[job.status])
    moved = moves.go(job, wish.new_status, by=actor, note=wish.reason, writer_id=wish.writer_id)
    message = f"Order {moved.display_id} is now {label(moved.status, actor.role).lower()}."
    return Changed(
        success=True,
        order=JobOut.of(moved, actor),
        transition=Transition(success=True, new_state=moved.status, message=message),
    )


@router.post("/{jobId}/hold")
def hold(jobId: Id, body: Reason, actor: Actor) -> JobOut:  # noqa: N803 - the name in the address
    """Set a job aside, with the reason that everybody around it reads."""
    return JobOut.of(holds.put_on_hold(jobId, body.reason, by=actor, waits_for=body.waits_for), actor)


@router.delete("/{jobId}/hold")
def lift(jobId: Id, actor: Actor) -> JobOut:  # noqa: N803 - the name in the address
    """Take a job up again."""
    return JobOut.of(holds.lift(jobId, by=actor), actor)
