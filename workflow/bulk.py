"""Bulk: many orders moved together, each judged by the same lifecycle and moved through the same door."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

import settings
from models import clock, database
from models.bulk import BulkOperation
from models.job import Job, loads, visible_to, with_people
from models.rules import Rules
from models.status import Status
from models.user import User
from workflow import access, checks, figures, moves
from workflow.bell import bell
from workflow.guards import Ask
from workflow.refusals import InvalidField, NoOrders, NotFound, Refused, StalePreview, TooManyOrders
from workflow.table import NAMEABLE, foresee

MANY = "work with many orders at once"
"""What only the agency can do."""

MOST = 100
"""How many orders one operation may hold: SPEC section 7."""

NOT_APPLIED = "Nothing was changed, because another of the orders cannot move."

BUSY = "The database was busy; please try again."

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Wish:
    """What is asked for: these orders to that status, by that action and to that writer if named."""

    order_ids: tuple[int, ...]
    new_status: Status
    action: str | None = None
    reason: str | None = None
    writer_id: int | None = None

    def __post_init__(self) -> None:
        """Raise NoOrders, TooManyOrders or InvalidField for what no operation can be; count every order once."""
        object.__setattr__(self, "order_ids", tuple(dict.fromkeys(self.order_ids)))
        if not self.order_ids:
            raise NoOrders
        if len(self.order_ids) > MOST:
            raise TooManyOrders(MOST)
        object.__setattr__(self, "reason", checks.text("reason", self.reason, checks.NOTE))


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
        rules, jobs = Rules.get(session), _jobs(session, wish, by)
        writer, in_hand = _writer(session, wish), loads(session)
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


def update(
    wish: Wish, *, by: User, atomic: bool = False, token: str | None = None, progress: Progress = lambda _done: None
) -> BulkOperation:
    """Move the orders, each in a transaction of its own, or with `atomic` all or none; returns what became of each.

    `progress` is called with the number of orders done. Raises StalePreview when `token` no longer fits, Forbidden, or
    InvalidField; a single order that cannot move is a line of the results.
    """
    begun = time.perf_counter()
    versions = _bound(wish, token, by)
    operation = _begin(wish, by, atomic)
    move = _together if atomic else _one_by_one
    operation.results = move(wish, operation, versions, by, progress)
    with database.writing() as session:
        operation.finished_at = clock.now()
        session.add(operation)
    figures.BULK_SECONDS.observe(time.perf_counter() - begun)
    return operation


def _bound(wish: Wish, token: str | None, by: User) -> dict[int, int]:
    """The versions that a preview was made of; empty without one."""
    access.only_staff(by, MANY)
    with database.reading() as session:
        _writer(session, wish)
        if token is None:
            return {}
        jobs = _jobs(session, wish, by)
        if not hmac.compare_digest(token.encode(), _token(wish, jobs, Rules.get(session), by).encode()):
            raise StalePreview
        return {job.key: job.version for job in jobs.values()}


def _begin(wish: Wish, by: User, atomic: bool) -> BulkOperation:
    operation = BulkOperation(made_by=by.key, new_status=wish.new_status, reason=wish.reason, atomic=atomic)
    with database.writing() as session:
        session.add(operation)
    return operation


def _one_by_one(
    wish: Wish, operation: BulkOperation, versions: dict[int, int], by: User, progress: Progress
) -> list[dict[str, Any]]:
    results, known = [], bell.around
    with database.several() as shared:
        for done, order_id in enumerate(wish.order_ids, 1):
            if bell.around != known:  # rules or people have changed: what was read before may be wrong
                known = bell.around
                shared.expunge_all()
                shared.info.clear()
            try:
                with figures.change("unknown") as counted, database.writing(shared) as session:
                    results.append(_moved(session, wish, operation, order_id, versions, by, counted))
            except Refused as refusal:
                results.append(_line(order_id, refusal=refusal))
            except database.Busy:
                results.append({"orderId": order_id, "success": False, "error": BUSY, "code": "BUSY"})
            progress(done)
    return results


class _Undone(Exception):
    """Takes a transaction back."""


def _together(
    wish: Wish, operation: BulkOperation, versions: dict[int, int], by: User, progress: Progress
) -> list[dict[str, Any]]:
    results, refused = [], False
    counts = [figures.Counted("unknown") for _ in wish.order_ids]
    try:
        with database.writing() as session:
            for done, (order_id, counted) in enumerate(zip(wish.order_ids, counts, strict=True), 1):
                try:
                    results.append(_moved(session, wish, operation, order_id, versions, by, counted))
                except Refused as refusal:
                    results.append(_line(order_id, refusal=refusal))
                    refused = True
                progress(done)
            if refused:
                raise _Undone
    except _Undone:
        results = [line if not line["success"] else _not_applied(line) for line in results]
    for counted, line in zip(counts, results, strict=True):
        figures.count(counted.action, line.get("code", "ok"))
    return results


def _moved(
    session: Session,
    wish: Wish,
    operation: BulkOperation,
    order_id: int,
    versions: dict[int, int],
    by: User,
    counted: figures.Counted,
) -> dict[str, Any]:
    actor = access.still_active(session, by)
    access.only_staff(actor, MANY)
    job = access.opened(session, order_id, actor, versions.get(order_id))
    old = job.status
    counted.action = NAMEABLE[old].get(wish.new_status, "none" if wish.new_status is old else "unknown")
    ask = moves.question(session, job, actor, writer_id=wish.writer_id, note=wish.reason)
    if foresee(ask, wish.new_status, wish.action) is not old:
        moves.take(session, ask, NAMEABLE[old][wish.new_status], bulk_id=operation.id)
    return _line(order_id, old=old, new=job.status)


def _line(
    order_id: int, *, old: Status | None = None, new: Status | None = None, refusal: Refused | None = None
) -> dict[str, Any]:
    if refusal is None:
        return {"orderId": order_id, "success": True, "previousStatus": old, "newStatus": new}
    return {"orderId": order_id, "success": False, "error": refusal.sentence, "code": refusal.code}


def _not_applied(line: dict[str, Any]) -> dict[str, Any]:
    return {"orderId": line["orderId"], "success": False, "error": NOT_APPLIED, "code": "NOT_APPLIED"}


def _jobs(session: Session, wish: Wish, by: User) -> dict[int, Job]:
    wanted = with_people().where(col(Job.id).in_(wish.order_ids), visible_to(by, Rules.get(session)))
    return {job.key: job for job in session.exec(wanted)}


def _writer(session: Session, wish: Wish) -> User | None:
    writer = session.get(User, wish.writer_id) if wish.writer_id else None
    if wish.writer_id and writer is None:
        raise InvalidField("writer_id", "There is no such writer.")
    return writer


def _token(wish: Wish, jobs: dict[int, Job], rules: Rules, by: User) -> str:
    seen = [(order_id, jobs[order_id].version if order_id in jobs else 0) for order_id in wish.order_ids]
    said = [by.id, wish.new_status, wish.action, wish.writer_id, seen, rules.model_dump()]
    return hmac.new(settings.current().secret, json.dumps(said).encode(), hashlib.sha256).hexdigest()


def summary(results: Iterable[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """How many took each way, and how many met each refusal."""
    ways: dict[str, int] = {}
    errors: dict[str, int] = {}
    for line in results:
        if line["success"]:
            way = f"{line['previousStatus']}_to_{line['newStatus']}"
            ways[way] = ways.get(way, 0) + 1
        else:
            errors[line["error"]] = errors.get(line["error"], 0) + 1
    return {"statusTransitions": ways, "errors": errors}
