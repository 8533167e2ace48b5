"""Jobs: pieces of ordered work. On screen they are called orders."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, UniqueConstraint, and_, false, func, inspect, or_, text, true
from sqlalchemy.orm import declared_attr, joinedload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Field, Relationship, Session, SQLModel, col, select

from models import clock, known, rows
from models.columns import Moment, choice
from models.folding import FOLDED, folded, keep_folded
from models.rules import Rules
from models.status import AWAITED, FINAL, IN_HAND, WITH_WRITER, Status, Turn
from models.user import Role, User

DEADLINE_OR_NEVER = text("coalesce(deadline, 'infinity')")
"""What stands behind every moment, on both databases: SQLite compares moments as texts."""


class Job(SQLModel, table=True):
    """One piece of ordered work. Money is in the currency's minor units; `version` rises with every change.

    `answers` holds a `question` and an `answer` each. `deadline` is the client's, `writer_deadline` the team's own.
    `quiet_since` is when the client last stirred after the delivery, `held_at` when the hold began that still stands,
    and `held_for` whom it waits for, if that was said. `latest` is the last action that its client has heard of.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        Index(None, "status", "id"),
        Index(None, "client_id", "id"),
        Index(None, "client_id", "status", "id"),
        Index(None, "writer_id", "status", "id"),
        Index(None, "created_at", "id"),
        Index(None, "updated_at", "id"),
        Index(None, "title_folded", "id"),
        Index(None, "amount", "id"),
        Index("ix_jobs_deadline_or_never", DEADLINE_OR_NEVER, "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    display_id: str = Field(max_length=30, unique=True)
    year: int
    number: int
    title: str = Field(max_length=200)
    title_folded: str = Field(default="", sa_type=FOLDED)
    instructions: str = ""
    work_type: str = Field(default="", max_length=60)
    quantity: int = 1
    unit: str = Field(default="words", max_length=30)
    amount: int = 0
    amount_paid: int = 0
    is_refunded: bool = False
    currency: str = Field(default="EUR", max_length=3)
    status: Status = Field(default=Status.pending, sa_type=choice(Status, "status"))
    version: int = 1
    client_id: int = Field(foreign_key="users.id")
    writer_id: int | None = Field(default=None, foreign_key="users.id")
    manager_id: int | None = Field(default=None, foreign_key="users.id")
    answers: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    deadline: datetime | None = Field(default=None, sa_type=Moment, index=True)
    writer_deadline: datetime | None = Field(default=None, sa_type=Moment, index=True)
    hold_reason: str | None = Field(default=None, max_length=500)
    held_at: datetime | None = Field(default=None, sa_type=Moment)
    held_for: str = Field(default="", max_length=10)
    included_revisions: int | None = None
    revision_count: int = 0
    revision_requested: bool = False
    revision_notes: str | None = None
    revision_requested_at: datetime | None = Field(default=None, sa_type=Moment)
    final_file_at: datetime | None = Field(default=None, sa_type=Moment)
    client_approved: bool = False
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    delivered_at: datetime | None = Field(default=None, sa_type=Moment)
    quiet_since: datetime | None = Field(default=None, sa_type=Moment)
    completed_at: datetime | None = Field(default=None, sa_type=Moment)
    cancelled_at: datetime | None = Field(default=None, sa_type=Moment)
    delete_files_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    latest: str = Field(default="", max_length=30)
    latest_at: datetime | None = Field(default=None, sa_type=Moment)
    log_hash: str = Field(default="", max_length=64)

    client: User = Relationship(sa_relationship_kwargs={"foreign_keys": "Job.client_id", "viewonly": True})
    writer: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Job.writer_id", "viewonly": True})
    manager: User | None = Relationship(sa_relationship_kwargs={"foreign_keys": "Job.manager_id", "viewonly": True})

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """A lost race is a StaleDataError on every database, even past our own locks."""
        return {"version_id_col": cls.__table__.c.version}  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def key(self) -> int:
        """The id of a job that is stored."""
        assert self.id is not None
        return self.id

    @property
    def on_hold(self) -> bool:
        """Whether staff have set the job aside."""
        return self.hold_reason is not None

    @property
    def waits_for_client(self) -> bool:
        """Whether it is on hold and the client can help; a hold that does not say for whom it waits may be theirs."""
        return self.on_hold and self.status not in FINAL and self.held_for in {"", Turn.client}

    @property
    def balance_due(self) -> int:
        """What is still to be paid, in minor units."""
        return max(self.amount - self.amount_paid, 0)

    @property
    def payment_status(self) -> str:
        """How far the order is paid: unpaid, deposit, paid, or refunded when all that was paid went back."""
        if self.amount_paid <= 0:
            return "refunded" if self.is_refunded else "unpaid"
        return "deposit" if self.balance_due else "paid"

    @property
    def has_final_file(self) -> bool:
        """Whether a final file came in since the last revision request."""
        if self.final_file_at is None:
            return False
        return self.revision_requested_at is None or self.final_file_at > self.revision_requested_at

    @property
    def is_handed_over(self) -> bool:
        """Whether the client has the work: it was delivered, and no revision was asked for since."""
        if self.delivered_at is None:
            return False
        return self.revision_requested_at is None or self.revision_requested_at <= self.delivered_at

    @property
    def asked_for(self) -> str | None:
        """What the client asked to be revised, until the next delivery or the end."""
        return None if self.is_handed_over or self.status in FINAL else self.revision_notes

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed and the work is not yet delivered; a hold stops the clocks."""
        late = self.deadline is not None and self.deadline < clock.now()
        return late and self.status in AWAITED and not self.on_hold

    def due(self, reader: User) -> datetime | None:
        """By when this reader is waited for, or waits: for writers their own deadline, if they were given one."""
        return (self.writer_deadline or self.deadline) if reader.role is Role.writer else self.deadline

    def is_late_for(self, reader: User) -> bool:
        """Whether to warn this reader: writers until they have handed in, staff of both deadlines, clients never."""
        if reader.role is Role.writer:
            return self.is_late_by_writer
        return reader.is_staff and (self.is_overdue or self.is_late_by_writer)

    @property
    def is_late_by_writer(self) -> bool:
        """Whether the writer, who has yet to hand in, is past their own deadline, or the client's without one."""
        due = self.writer_deadline or self.deadline
        return due is not None and due < clock.now() and self.status in WITH_WRITER and not self.on_hold

    @property
    def is_at_risk(self) -> bool:
        """Whether a deadline is missed, or the client's is less than a day away and nothing delivered or on hold."""
        soon = self.deadline is not None and self.deadline < clock.now() + timedelta(days=1)
        return self.is_late_by_writer or (soon and self.status in AWAITED and not self.on_hold)

    def is_visible_to(self, user: User, rules: Rules) -> bool:
        """Whether this user may see the job: the same rule as `visible_to`, for one that is at hand."""
        if user.role is Role.writer:
            return self.writer_id == user.id or (rules.writers_may_claim and self.is_claimable)
        return user.is_staff or self.client_id == user.id

    def hold_from_now(self) -> None:
        """Stop its clocks; a hold that stands already goes on."""
        self.held_at = self.held_at or clock.now()

    def lift_hold(self) -> None:
        """End the hold: its client's quiet time is longer by as long as the clocks stood still."""
        if self.held_at and self.quiet_since:
            self.quiet_since += clock.now() - max(self.held_at, self.quiet_since)
        self.hold_reason, self.held_at, self.held_for = None, None, ""

    def stirred_by(self, user: User) -> None:
        """Note that its client stirs: a delivery that they have something to say about does not complete by itself."""
        if self.status is Status.delivered and user.id == self.client_id:
            self.quiet_since = clock.now()

    @property
    def is_claimable(self) -> bool:
        """Whether the job waits for a writer who takes it."""
        return self.status is Status.approved and self.writer_id is None


keep_folded(Job, "title", "title_folded")


def visible_to(user: User, rules: Rules) -> ColumnElement[bool]:
    """The condition on jobs that this user may see: staff all, everybody else their own."""
    if user.is_staff:
        return true()
    if user.role is Role.client:
        return col(Job.client_id) == user.id
    claimable = and_(col(Job.status) == Status.approved, col(Job.writer_id).is_(None))
    return or_(col(Job.writer_id) == user.id, claimable if rules.writers_may_claim else false())


def overdue() -> ColumnElement[bool]:
    """The condition on jobs whose deadline has passed undelivered."""
    passed = and_(col(Job.deadline).is_not(None), col(Job.deadline) < clock.now())  # never unknown, so that `not` works
    running = and_(col(Job.hold_reason).is_(None), col(Job.status).in_(AWAITED))
    return and_(passed, running)


def at_risk() -> ColumnElement[bool]:
    """The condition on jobs that are at risk, as `Job.is_at_risk` has it."""
    due, now = func.coalesce(col(Job.writer_deadline), col(Job.deadline)), clock.now()
    late = and_(due < now, col(Job.status).in_(WITH_WRITER))
    soon = col(Job.deadline) < now + timedelta(days=1)
    return and_(col(Job.status).in_(AWAITED), col(Job.hold_reason).is_(None), or_(late, soon))


def with_people() -> Any:
    """The selection of jobs together with their client, writer and manager: one query, no more later."""
    people = (joinedload(Job.client), joinedload(Job.writer), joinedload(Job.manager))  # pyright: ignore[reportArgumentType]
    return select(Job).options(*people)


_NAMES = frozenset(Job.metadata.tables["jobs"].c.keys())


def find(session: Session, user: User, *, job_id: int | None = None, display_id: str | None = None) -> Job | None:
    """The job with this id or number, if there is one that this user may see."""
    job = read(session, job_id) if job_id is not None else _read(session, "display_id", display_id)
    return job if job and job.is_visible_to(user, known.of(session).rules) else None


def read(session: Session, job_id: int) -> Job | None:
    """The job with this id, whoever asks."""
    return _read(session, "id", job_id)


def locked(session: Session, job_id: int) -> Job | None:
    """The job, read afresh, which nobody else can change until this transaction ends.

    It belongs to no session: what is changed on it is written by `keep`, which every announcement of a change does.
    """
    return _read(session, "id", job_id, locked=True)


def _read(session: Session, by: str, value: int | str | None, *, locked: bool = False) -> Job | None:
    found = rows.one(session, Job, by, value, also=known.STAMP, locked=locked)
    if found is None:
        return None
    known.at(session, found[0])
    people, row = known.of(session), found[1]
    for role in ("client", "writer", "manager"):
        row[role] = people.user(session, row[f"{role}_id"])
    return rows.as_read(Job, row)


def keep(session: Session, job: Job) -> None:
    """Write what has changed on the job, and only that; raises StaleDataError when somebody else was faster."""
    state = inspect(job)
    if state.pending:
        session.flush()
        return
    changed = _NAMES - state.unmodified
    if not changed:
        return
    values = {name: getattr(job, name) for name in sorted(changed)} | {"version": job.version + 1}
    if "title" in changed:
        values["title_folded"] = folded(job.title)
    if not rows.update(session, Job, values, {"id": job.key, "version": job.version}):
        raise StaleDataError("the job was changed meanwhile")
    for name, value in values.items():
        set_committed_value(job, name, value)


def in_hand(session: Session, writer_id: int) -> set[int]:
    """The orders that count as this writer's load."""
    mine = select(Job.id).where(col(Job.writer_id) == writer_id, col(Job.status).in_(IN_HAND))
    return {job_id for job_id in session.exec(mine) if job_id is not None}


def loads(session: Session, writer_ids: Iterable[int] | None = None) -> dict[int, int]:
    """How many orders each writer has in hand; writers without any are left out."""
    count = select(Job.writer_id, func.count()).where(col(Job.status).in_(IN_HAND)).group_by(col(Job.writer_id))
    if writer_ids is not None:
        count = count.where(col(Job.writer_id).in_(writer_ids))
    return {writer_id: number for writer_id, number in session.exec(count) if writer_id is not None}
