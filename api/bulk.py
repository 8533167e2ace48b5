"""Bulk: find many orders, see what a move would do to each, move them, export what became of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, StrictBool, StrictInt

from api.door import Actor, SignedInRoute
from api.errors import Refusal
from api.job_out import JobOut
from api.schemas import Amount, Id, Moment, Note, Number, Shape, Text, Wish, a_file, told
from models import database
from models.bulk import Outcome
from models.listing import Listing, PaymentStatus
from models.status import Status
from workflow import access, budgets, export, moves
from workflow.orders import bulk, bulk_export, bulk_preview, bulk_wish
from workflow.people import agency


class BulkRoute(SignedInRoute):
    """A route for the desk, which one user may call ten times a minute: SPEC section 7."""

    def afford(self, request: Request) -> None:
        """Count the call; raises TooOften."""
        budgets.BULK_CALLS.spend(request.state.actor.id)


class AskingRoute(BulkRoute):
    """One of these that only asks, and so needs no key."""

    takes_keys = False


router = APIRouter(prefix="/bulk", route_class=BulkRoute, tags=["Bulk"])
asking = APIRouter(prefix="/bulk", route_class=AskingRoute, tags=["Bulk"])
exports = APIRouter(prefix="/bulk", route_class=SignedInRoute, tags=["Bulk"])


class DateRange(Wish):
    """When an order was placed: from `start` on, before `end`."""

    start: Moment | None = None
    end: Moment | None = None


class Filter(Wish):
    """Which orders are wanted."""

    status: list[Status] = Field(default_factory=list)
    payment_status: list[PaymentStatus] = Field(default_factory=list)
    date_range: DateRange = Field(default_factory=DateRange)
    client_id: Number | None = None
    writer_id: Number | None = None
    min_amount: Amount | None = None
    max_amount: Amount | None = None
    limit: Annotated[StrictInt, Field(ge=1, le=500)] = 100


class Found(Shape):
    """The orders, newest first, and how many there are in all."""

    orders: list[JobOut]
    total_count: int


class WishIn(Wish):
    """These orders to that status."""

    order_ids: Annotated[list[Number], told(minItems=1, maxItems=bulk_wish.MOST)]
    new_status: Status
    action: Text | None = None
    writer_id: Number | None = None


class UpdateIn(WishIn):
    """The same for good; `previewToken` binds it to what the preview showed, `atomic` makes it all or none."""

    reason: Note | None = None
    atomic: StrictBool = False
    preview_token: Text | None = None


class VerdictOut(Shape):
    """What would become of one order."""

    order_id: int
    eligible: bool
    reasons: list[str]


class PreviewOut(Shape):
    """What would happen; nothing has."""

    eligible_orders: int
    ineligible_orders: int
    status_distribution: dict[str, int]
    potential_issues: list[str]
    orders: list[VerdictOut]
    preview_token: str


class OutcomeOut(Shape):
    """What became of one order: `previousStatus` and `newStatus`, or `error` and `code`."""

    order_id: int
    success: bool
    previous_status: Status | None = None
    new_status: Status | None = None
    error: str | None = None
    code: str | None = None


class Summary(Shape):
    """How many orders took each way (`pending_to_approved`), and how many met each refusal."""

    status_transitions: dict[str, int]
    errors: dict[str, int]


class UpdateOut(Shape):
    """What became of each order."""

    bulk_id: int
    total_orders: int
    success_count: int
    failure_count: int
    results: list[OutcomeOut]
    summary: Summary


@asking.post("/filter")
def find(wanted: Filter, actor: Actor) -> Found:
    """The orders that fit."""
    access.only_staff(actor, bulk_wish.MANY)
    listing = Listing(
        statuses=tuple(wanted.status),
        payment_statuses=tuple(wanted.payment_status),
        placed_from=wanted.date_range.start,
        placed_before=wanted.date_range.end,
        client_id=wanted.client_id,
        writer_id=wanted.writer_id,
        least=None if wanted.min_amount is None else agency.minor(wanted.min_amount, "min_amount"),
        most=None if wanted.max_amount is None else agency.minor(wanted.max_amount, "max_amount"),
        limit=wanted.limit,
    )
    with database.reading() as session:
        jobs, _, total = listing.page(session, actor)
    return Found(orders=[JobOut.of(job, actor) for job in jobs], total_count=total)


@asking.post("/preview")
def preview(body: WishIn, actor: Actor) -> PreviewOut:
    """What the update would do to each order."""
    seen = bulk_preview.preview(_wish(body), by=actor)
    verdicts = seen.verdicts
    eligible = sum(not verdict.refusal for verdict in verdicts)
    known = [verdict.job.status for verdict in verdicts if verdict.job]
    return PreviewOut(
        eligible_orders=eligible,
        ineligible_orders=len(verdicts) - eligible,
        status_distribution={status: known.count(status) for status in Status if status in known},
        potential_issues=list(dict.fromkeys(reason for verdict in verdicts for reason in verdict.reasons)),
        orders=[
            VerdictOut(order_id=verdict.order_id, eligible=not verdict.refusal, reasons=verdict.reasons)
            for verdict in verdicts
        ],
        preview_token=seen.token,
    )


@router.post("/status-update", response_model_exclude_none=True)
def update(body: UpdateIn, actor: Actor) -> UpdateOut:
    """Move the orders; one that cannot move is a line of the results, and does not hold up the others."""
    done = bulk.update(_wish(body, body.reason), by=actor, atomic=body.atomic, token=body.preview_token)
    results = [_result(outcome) for outcome in done.outcomes]
    successes = sum(result.success for result in results)
    return UpdateOut(
        bulk_id=done.id or 0,
        total_orders=len(results),
        success_count=successes,
        failure_count=len(results) - successes,
        results=results,
        summary=Summary(
            status_transitions={f"{old}_to_{new}": n for (old, new), n in bulk.ways_taken(done.outcomes).items()},
            errors=bulk.errors_met(done.outcomes),
        ),
    )


def _result(outcome: Outcome) -> OutcomeOut:
    return OutcomeOut(
        order_id=outcome.order_id,
        success=outcome.success,
        previous_status=outcome.old_status,
        new_status=outcome.new_status,
        error=outcome.error,
        code=outcome.code,
    )


@exports.get("/{bulkId}/export", **a_file(*export.TYPES.values()))
def exported(bulkId: Id, actor: Actor, format: Annotated[Literal["csv", "xlsx"], Query()] = "csv") -> Response:  # noqa: A002, N803
    """The results of an operation as a file."""
    content = bulk_export.exported(bulkId, format, by=actor)
    if content is None:
        raise Refusal(404, "NOT_FOUND", "There is no such bulk operation.")
    name = f'attachment; filename="bulk-{bulkId}.{format}"'
    return Response(content, media_type=export.TYPES[format], headers={"Content-Disposition": name})


def _wish(body: WishIn, reason: str | None = None) -> bulk_wish.Wish:
    moves.only_with_assignment(body.new_status, body.writer_id)
    return bulk_wish.Wish(tuple(body.order_ids), body.new_status, body.action, reason, body.writer_id)
