"""Intentions: a last step pressed on a page can be taken back for a moment, since until then nothing has happened.

What was pressed is stored, and carried out when it is due through the same door as any change, with the actor, the
version and the words that it was pressed with. Taken back, it leaves no trace, and the history has no hole.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

import settings
from models import clock, database
from models.intention import Intention
from models.job import Job
from models.user import STAFF, Role, User
from workflow import access, checks, metrics, moves
from workflow.live import rings
from workflow.notifications import notices
from workflow.possibilities import NAMEABLE, taken
from workflow.refusals import ConditionNotMet, InvalidTransition, Refused


@dataclass(frozen=True)
class LastStep:
    """A step that nothing leads back from: whose press can be taken back, and how it is told."""

    by: frozenset[Role]
    doing: str
    undone: str


TAKEN_BACK = {
    "complete": LastStep(frozenset({Role.client}), "Completing", "The order was not completed"),
    "cancel": LastStep(STAFF, "Cancelling", "The order was not cancelled"),
}
"""Action -> who may take it back."""

TOO_LATE = "It is too late to take this back."
FAILED = "Something went wrong; please try again."

log = logging.getLogger("docket.intentions")


def can_be_taken_back(action: str, actor: User) -> bool:
    """Whether a press of this action by this person waits for second thoughts."""
    return settings.current().take_back_seconds > 0 and action in TAKEN_BACK and actor.role in TAKEN_BACK[action].by


def warning(action: str, actor: User) -> str:
    """What is said before the step is taken."""
    if not can_be_taken_back(action, actor):
        return "This cannot be undone."
    seconds = settings.current().take_back_seconds
    return f"You can take it back for {seconds} second{'s' if seconds > 1 else ''}; then it cannot be undone."


def intend(job_id: int, action: str, *, by: User, version: int, note: str | None = None) -> Intention:
    """Keep what was pressed until it is due, if it is possible now; what was pressed before stands.

    Raises what the step itself would. Only the actor's own pages are told.
    """
    note = checks.text("note", note, checks.NOTE)
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor, version)
        if before := Intention.of(session, actor.key, job.key):
            return before
        _check(session, job, actor, action)
        due_at = clock.now() + _pause()
        wish = Intention(user_id=actor.key, job_id=job.key, action=action, version=version, note=note, due_at=due_at)
        session.add(wish)
        rings.for_user(session, actor)
        return wish


def _pause() -> timedelta:
    return timedelta(seconds=settings.current().take_back_seconds)


def _check(session: Session, job: Job, actor: User, action: str) -> None:
    ask = moves.question(session, job, actor)
    arrow = taken(ask, action)
    if arrow is None:
        raise InvalidTransition(job.status, action, NAMEABLE[job.status])
    arrow.guard.check(ask, action)


def take_back(job_id: int, *, by: User) -> Intention:
    """Let it be as if it had never been pressed; returns what it was. Raises ConditionNotMet when it is too late."""
    with database.writing() as session:
        access.still_active(session, by)
        wish = Intention.of(session, by.key, job_id)
        if wish is None:
            raise ConditionNotMet([TOO_LATE])
        session.delete(wish)
        rings.for_user(session, by)
        return wish


def carry_out_due() -> int:
    """Carry out whatever is due, once over all processes; returns how much that was. Raises Busy.

    What is refused or fails is given up, and its presser told, once everything else is done: it holds up nobody's.
    """
    with database.reading() as session:
        due = Intention.due(session, _pause())
    failed, done = dict[int, str](), 0
    for key in due:
        try:
            done += _carry_out(key)
        except Refused as refusal:
            failed[key] = refusal.sentence
        except database.Busy:
            raise
        except Exception:
            log.exception("Intention %s failed and is given up.", key)
            failed[key] = FAILED
    for key, sentence in failed.items():
        _give_up(key, sentence)
    return done


def _carry_out(key: int) -> bool:
    """Take the step and forget the intention in one transaction; False when somebody else was faster."""
    with database.writing() as session:
        wish = Intention.claim(session, key)
        if wish is not None:
            _take(session, wish)
        return wish is not None


def _give_up(key: int, why: str) -> None:
    with database.writing() as session:
        if wish := Intention.claim(session, key):
            _tell(session, wish, why)


def _take(session: Session, wish: Intention) -> None:
    with metrics.change(wish.action):
        actor = session.get_one(User, wish.user_id)
        moves.within(session, wish.job_id, wish.action, by=actor, version=wish.version, note=wish.note)


def _tell(session: Session, wish: Intention, why: str) -> None:
    actor = session.get_one(User, wish.user_id)
    if actor.active:
        words = f"{TAKEN_BACK[wish.action].undone}. {why}"
        notices.tell_presser(session, session.get_one(Job, wish.job_id), actor, words)
        rings.for_user(session, actor)
