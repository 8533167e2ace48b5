"""Bulk: many orders moved together, each judged by the same lifecycle and moved through the same door."""

import time
from collections import Counter
from collections.abc import Callable, Iterable

from sqlmodel import Session

from models import clock, database
from models.bulk import BulkOperation, Outcome
from models.status import Status
from models.user import User
from workflow import access, metrics, moves
from workflow.orders.bulk_preview import bound, named_writer
from workflow.orders.bulk_wish import MANY, Wish
from workflow.possibilities import NAMEABLE, foresee
from workflow.refusals import Refused

NOT_APPLIED = "Nothing was changed, because another of the orders cannot move."

Progress = Callable[[int], None]


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
    operation.outcomes = move(wish, operation, versions, by, progress)
    with database.writing() as session:
        operation.finished_at = clock.now()
        session.add(operation)
    metrics.BULK_SECONDS.observe(time.perf_counter() - begun)
    return operation


def _bound(wish: Wish, token: str | None, by: User) -> dict[int, int]:
    """The versions that a preview was made of; empty without one."""
    access.only_staff(by, MANY)
    with database.reading() as session:
        named_writer(session, wish)
        return {} if token is None else bound(session, wish, token, by)


def _begin(wish: Wish, by: User, atomic: bool) -> BulkOperation:
    operation = BulkOperation(made_by=by.key, new_status=wish.new_status, reason=wish.reason, atomic=atomic)
    with database.writing() as session:
        access.still_active(session, by)
        session.add(operation)
    return operation


def _one_by_one(
    wish: Wish, operation: BulkOperation, versions: dict[int, int], by: User, progress: Progress
) -> list[Outcome]:
    results = []
    with database.several() as shared:
        for done, order_id in enumerate(wish.order_ids, 1):
            try:
                with metrics.change("unknown") as counted, database.writing(shared) as session:
                    results.append(_moved(session, wish, operation, order_id, versions, by, counted))
            except Refused as refusal:
                results.append(Outcome(order_id, error=refusal.sentence, code=refusal.code))
            except database.Busy as busy:
                results.append(Outcome(order_id, error=busy.sentence, code=busy.cause.code))
            progress(done)
    return results


class _Undone(Exception):
    """Takes a transaction back."""


def _together(
    wish: Wish, operation: BulkOperation, versions: dict[int, int], by: User, progress: Progress
) -> list[Outcome]:
    results, refused = [], False
    counts = [metrics.Counted("unknown") for _ in wish.order_ids]
    try:
        with database.writing() as session:
            for done, (order_id, counted) in enumerate(zip(wish.order_ids, counts, strict=True), 1):
                try:
                    results.append(_moved(session, wish, operation, order_id, versions, by, counted))
                except Refused as refusal:
                    results.append(Outcome(order_id, error=refusal.sentence, code=refusal.code))
                    refused = True
                progress(done)
            if refused:
                raise _Undone
    except _Undone:
        results = [
            Outcome(line.order_id, error=NOT_APPLIED, code="NOT_APPLIED") if line.success else line for line in results
        ]
    for counted, line in zip(counts, results, strict=True):
        metrics.count(counted.action, line.code or "ok")
    return results


def _moved(
    session: Session,
    wish: Wish,
    operation: BulkOperation,
    order_id: int,
    versions: dict[int, int],
    by: User,
    counted: metrics.Counted,
) -> Outcome:
    actor = access.still_active(session, by)
    access.only_staff(actor, MANY)
    job = access.opened(session, order_id, actor, versions.get(order_id))
    old = job.status
    counted.action = NAMEABLE[old].get(wish.new_status, "none" if wish.new_status is old else "unknown")
    ask = moves.question(session, job, actor, writer_id=wish.writer_id, note=wish.reason)
    if foresee(ask, wish.new_status, wish.action) is not old:
        moves.take(session, ask, NAMEABLE[old][wish.new_status], bulk_id=operation.id)
    return Outcome(order_id, old, job.status)


def ways_taken(outcomes: Iterable[Outcome]) -> Counter[tuple[Status, Status]]:
    """How many orders took each way, those that stood there already among them."""
    return Counter((line.old_status, line.new_status) for line in outcomes if line.old_status and line.new_status)


def errors_met(outcomes: Iterable[Outcome]) -> Counter[str]:
    """How many orders met each refusal, by its sentence."""
    return Counter(line.error for line in outcomes if line.error)
