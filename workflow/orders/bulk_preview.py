"""The preview of a bulk operation: what would become of each order, and the token that binds an update to just that."""

import hmac
import json
from dataclasses import dataclass

from sqlmodel import Session, col

from models import database, known
from models.job import Job, loads, visible_to, with_people
from models.rules import Rules
from models.status import Status
from models.user import User
from workflow import access
from workflow.guards import Ask
from workflow.history import signatures
from workflow.orders.bulk_wish import MANY, Wish
from workflow.possibilities import foresee
from workflow.refusals import NotFound, Refused, StalePreview


@dataclass(frozen=True)
class Verdict:
    """What would become of one order: where it would stand, or why it cannot move. `job` is None for an unknown one."""

    order_id: int
    job: Job | None
    target: Status | None = None
    refusal: Refused | None = None

    @property
    def reasons(self) -> list[str]:
        """Why not, sentence by sentence."""
        if self.refusal is None:
            return []
        return list(getattr(self.refusal, "reasons", None) or [self.refusal.sentence])


@dataclass(frozen=True)
class Preview:
    """What would happen, order by order; `token` binds an update to just this."""

    verdicts: list[Verdict]
    token: str


def preview(wish: Wish, *, by: User) -> Preview:
    """Judge every order without changing anything; one that cannot move is a verdict, not an error.

    Raises Forbidden for those who run no desk, InvalidField for a writer there is not.
    """
    access.only_staff(by, MANY)
    with database.reading() as session:
        rules, jobs = known.of(session).rules, _jobs(session, wish, by)
        writer, in_hand = named_writer(session, wish), loads(session)
        verdicts = [_judged(wish, key, jobs.get(key), by, rules, writer, in_hand) for key in wish.order_ids]
        return Preview(verdicts, _token(wish, jobs, rules, by))


def _judged(
    wish: Wish, order_id: int, job: Job | None, by: User, rules: Rules, named: User | None, in_hand: dict[int, int]
) -> Verdict:
    if job is None:
        return Verdict(order_id, None, refusal=NotFound())
    writer = named or job.writer
    ask = Ask(job, by, rules, writer=writer, load=in_hand.get(writer.key, 0) if writer else 0)
    try:
        target = foresee(ask, wish.new_status, wish.action)
    except Refused as refusal:
        return Verdict(order_id, job, refusal=refusal)
    if writer and target is Status.assigned is not job.status:  # each one before takes up room for the next
        in_hand[writer.key] = in_hand.get(writer.key, 0) + 1
    return Verdict(order_id, job, target=target)


def bound(session: Session, wish: Wish, token: str, by: User) -> dict[int, int]:
    """The versions of the orders that the preview with this token was made of; raises StalePreview when it is past."""
    jobs = _jobs(session, wish, by)
    if not hmac.compare_digest(token.encode(), _token(wish, jobs, known.of(session).rules, by).encode()):
        raise StalePreview
    return {job.key: job.version for job in jobs.values()}


def _jobs(session: Session, wish: Wish, by: User) -> dict[int, Job]:
    wanted = with_people().where(col(Job.id).in_(wish.order_ids), visible_to(by, known.of(session).rules))
    return {job.key: job for job in session.exec(wanted)}


def named_writer(session: Session, wish: Wish) -> User | None:
    """The writer who is named, None for nobody; raises InvalidField for one there is not."""
    return access.writer_named(session, wish.writer_id) if wish.writer_id else None


def _token(wish: Wish, jobs: dict[int, Job], rules: Rules, by: User) -> str:
    seen = [(order_id, jobs[order_id].version if order_id in jobs else 0) for order_id in wish.order_ids]
    said = [by.id, wish.new_status, wish.action, wish.writer_id, seen, rules.model_dump()]
    return signatures.sealed(json.dumps(said))
