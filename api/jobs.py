"""Jobs: list, read, place, and move them."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BeforeValidator, Field, StrictBool, StrictInt
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema

from api import access_tokens
from api.door import ActingRoute, Actor, Bearer, SignedInRoute
from api.errors import Refusal
from api.job_out import Answered, JobOut, JobPage
from api.schemas import (
    A_COUNT,
    Amount,
    Id,
    Moment,
    Note,
    Number,
    Text,
    Wish,
    at_most,
    given,
    needed,
    none_if_blank,
    told,
    written,
)
from models import database
from models.job import read as read_job
from models.listing import Listing
from models.sorting import SORTS, UnknownCursor
from models.status import Status
from models.user import Role, User
from workflow import access, checks, moves
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.orders.work_types import MOST_QUESTIONS
from workflow.people import agency
from workflow.refusals import InvalidField

router = APIRouter(route_class=SignedInRoute, tags=["Jobs"])
acting = APIRouter(route_class=ActingRoute, tags=["Jobs"])

SortOrder = Annotated[str, Field(pattern=f"^-?({'|'.join(SORTS)})$")]


def _statuses(value: Any) -> Any:
    """`status=a&status=b` and `status=a,b` mean the same."""
    given = value if isinstance(value, list) else [value]
    return [word for words in given for word in str(words or "").split(",") if word]


class Asked(Wish):
    """Which jobs are wanted; `q` looks into titles, numbers and names."""

    status: Annotated[list[Status], BeforeValidator(_statuses)] = Field(default_factory=list)
    client_id: Annotated[Id | SkipJsonSchema[None], BeforeValidator(none_if_blank)] = None
    writer_id: Annotated[Id | SkipJsonSchema[None], BeforeValidator(none_if_blank)] = None
    q: Annotated[Text, Field(max_length=200)] = ""
    overdue: Annotated[bool | SkipJsonSchema[None], BeforeValidator(none_if_blank)] = None
    sort: SortOrder = "-created"
    limit: Annotated[int, Field(ge=1, le=200), A_COUNT] = 50
    cursor: Annotated[Text | SkipJsonSchema[None], BeforeValidator(none_if_blank)] = None


class NewJob(Wish):
    """An order. `amount` is a decimal in the agency's currency, and by default what the price list says for `workType`.

    Staff name the client that it is for. Clients name no `amount` of a kind on the price list, and no
    `includedRevisions` where there is one. `answers` are those to the questions of the kind of work.
    """

    title: Annotated[Text, needed(checks.TITLE)]
    instructions: Annotated[Text, at_most(checks.INSTRUCTIONS)] = ""
    work_type: Annotated[Text, at_most(60)] = ""
    quantity: Annotated[StrictInt, told(minimum=1, maximum=checks.LARGEST)] = 1
    unit: Annotated[Text, at_most(30)] = ""
    amount: Annotated[Amount | SkipJsonSchema[None], BeforeValidator(given)] = None
    deadline: Annotated[Moment, told(pattern="^2[01]")] | None = None
    client_id: Number | None = None
    included_revisions: Annotated[StrictInt, Field(ge=0, le=1000)] | None = None
    answers: Annotated[list[Answered], told(maxItems=MOST_QUESTIONS)] = Field(default_factory=list)


class StatusChange(Wish):
    """Where a job shall go. `changedBy` can only be the caller; `version` is the one that the caller has seen."""

    status: Status
    changed_by: Number | None = None
    note: Note | None = None
    revision_requested: StrictBool | None = None
    revision_notes: Note | None = None
    client_approved: StrictBool | None = None
    writer_id: Number | None = None
    version: Number | None = None


_BELONGS = {
    "revision_requested": Status.revision,
    "revision_notes": Status.revision,
    "client_approved": Status.completed,
}
"""Fields of a change that say something of one status only."""


def _checked(body: StatusChange, actor: User) -> None:
    """Refuse what would be left unheard: raises InvalidField for a field that does not go with the status named."""
    for name, status in _BELONGS.items():
        if getattr(body, name) and body.status is not status:
            raise InvalidField(name, f"{to_camel(name)} goes with the status {status} only.")
    if body.status is Status.revision and body.revision_requested is False:
        raise InvalidField("revision_requested", "revisionRequested: the status revision is a request.")
    if body.status is Status.completed and body.client_approved is False and actor.role is Role.client:
        raise InvalidField("client_approved", "clientApproved: a client who completes an order approves it.")


@router.get("", response_model=JobPage)
def listed(asked: Annotated[Asked, Query()], actor: Actor) -> Response:
    """One's own jobs, for staff all; `nextCursor` leads to the next page."""
    if asked.sort.endswith("amount") and actor.role is Role.writer:
        raise InvalidField("sort", "sort: writers do not see amounts.")
    wanted = Listing(
        statuses=tuple(asked.status),
        client_id=asked.client_id,
        writer_id=asked.writer_id,
        words=asked.q,
        overdue=asked.overdue,
        sort=asked.sort,
        limit=asked.limit,
        cursor=asked.cursor,
    )
    with database.reading() as session:
        try:
            jobs, cursor, total = wanted.page(session, actor)
        except UnknownCursor:
            raise InvalidField("cursor", "cursor: take the nextCursor of the page before.") from None
    return written(JobPage(items=[JobOut.of(job, actor) for job in jobs], next_cursor=cursor, total_count=total))


@router.post("", status_code=201)
def placed(body: NewJob, actor: Actor) -> JobOut:
    """Place an order: clients for themselves, staff for a client."""
    fields = body.model_dump(exclude={"amount", "answers"})
    order = Order(**fields, answers=tuple((said.question, said.answer) for said in body.answers))
    said = checks.together(
        order=lambda: placing.check(order, by=actor),
        amount=lambda: None if body.amount is None else agency.minor(body.amount),
    )
    return JobOut.of(placing.place(replace(order, amount=said["amount"]), by=actor), actor)


@router.get("/{jobId}")
def read(jobId: Id, actor: Actor) -> JobOut:  # noqa: N803 - the name in the address
    """One job."""
    return JobOut.of(access.seen(jobId, actor), actor)


@acting.patch("/{jobId}/status", response_model=JobOut)
def move(jobId: Id, body: StatusChange, token: Bearer) -> Response:  # noqa: N803 - the name in the address
    """Move a job to the status named, by the action that leads there; where it stands already, nothing happens."""
    with database.reading() as session:
        found = read_job(session, jobId)
        actor = access_tokens.holder(session, token)
        moves.only_with_assignment(body.status, body.writer_id)
        _checked(body, actor)
        job = access.shown(session, found, actor)
    if body.changed_by not in (None, actor.id):
        raise Refusal(403, "CHANGED_BY_MISMATCH", "changedBy is not you: the one who acts is the one who signed in.")
    moved = moves.go(
        job,
        body.status,
        by=actor,
        version=body.version,
        note=body.note,
        writer_id=body.writer_id,
        revision_notes=body.revision_notes,
        client_approved=bool(body.client_approved),
    )
    return written(JobOut.of(moved, actor))
