"""Letters: e-mails that wait, were sent, were given up, or had no reason to go any more; the table is the queue."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, case, func, literal, or_
from sqlmodel import Field, Session, SQLModel, col, delete, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models import clock
from models.columns import Moment, choice
from models.folding import FOLDED, has, keep_folded
from models.process import ORIGIN, Process
from models.user import User


class Delivery(StrEnum):
    """How far a letter has come."""

    waiting = "waiting"
    sent = "sent"
    given_up = "given_up"
    dropped = "dropped"


FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
PAUSES = 10
"""After so many tries the pause is the longest."""


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries: one minute doubling to six hours (SPEC section 5)."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)


class Letter(SQLModel, table=True):
    """One e-mail, committed with the change it tells of; `message_id` stays the same over all tries.

    `user_id` is whom it is for; who orders without an account has none yet. `last_error` is why it was not taken, or
    why it was dropped; `cause` sorts that (workflow/mail/causes.py). `tries` counts what was about this letter, and not
    when the server was away.
    """

    __tablename__ = "letters"
    __table_args__ = (Index(None, "delivery", "next_try_at"), Index(None, "delivery", "id"))

    id: int | None = Field(default=None, primary_key=True)
    user_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    job_id: int | None = Field(default=None, foreign_key="jobs.id", index=True)
    type: str = Field(max_length=30)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=300)
    subject_folded: str = Field(default="", sa_type=FOLDED)
    body: str
    message_id: str = Field(max_length=200, unique=True)
    delivery: Delivery = Field(default=Delivery.waiting, sa_type=choice(Delivery, "delivery"))
    tries: int = 0
    next_try_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    claimed_by: str | None = Field(default=None, max_length=32)
    last_error: str | None = Field(default=None, max_length=500)
    cause: str | None = Field(default=None, max_length=30)

    @property
    def key(self) -> int:
        """The id of a letter that is stored."""
        assert self.id is not None
        return self.id

    @classmethod
    def claim(cls, session: Session, limit: int, *, in_hand: Collection[int] = (), by: str = ORIGIN) -> list["Letter"]:
        """Take letters that are due for this process alone, as long as it lives; what waits longest first.

        What it had claimed before is its own to take again, but for what it has in hand. A process that has left gets
        nothing.
        """
        letters = list(session.exec(_due(session, in_hand, by).limit(limit)))
        if not letters or not Process.is_seen(session, by):
            return []
        for letter in letters:
            letter.claimed_by = by
        return letters

    @classmethod
    def held(cls, session: Session, key: int, *, by: str = ORIGIN) -> "Letter | None":
        """The letter as it is now, if this process still has its claim."""
        alive = ~Process.nobodys(session, cls.claimed_by)
        held = select(cls).where(cls.id == key, cls.claimed_by == by, alive, cls.delivery == Delivery.waiting)
        return session.exec(held).first()

    @classmethod
    def is_any_due(cls, session: Session, in_hand: Collection[int] = ()) -> bool:
        """Whether there is a letter to claim."""
        return session.exec(_due(session, in_hand, ORIGIN).order_by(None).limit(1)).first() is not None

    @classmethod
    def let_go(cls, session: Session, *, by: str = ORIGIN) -> None:
        """Have nothing claimed by this process."""
        session.exec(update(cls).where(col(cls.claimed_by) == by).values(claimed_by=None))

    @classmethod
    def all_due(cls, session: Session) -> None:
        """Have all that waits be due, also what was to be tried later."""
        later = (col(cls.delivery) == Delivery.waiting, col(cls.next_try_at) > clock.now())
        session.exec(update(cls).where(*later).values(next_try_at=clock.now()))

    @classmethod
    def given_up(cls, session: Session) -> list["Letter"]:
        """All letters that were given up, the oldest first."""
        return list(session.exec(select(cls).where(cls.delivery == Delivery.given_up).order_by(col(cls.id))))

    @classmethod
    def found(cls, session: Session, limit: int, delivery: Delivery | None = None, words: str = "") -> list["Letter"]:
        """The latest letters of this state, or of all, with these words in address or subject; newest first.

        Those given up stand on top: by then, many newer ones have been sent.
        """
        wanted, found = select(cls).order_by(col(cls.id).desc()), list[Letter]()
        if words:
            by_address = col(cls.recipient).icontains(words, autoescape=True)
            wanted = wanted.where(or_(by_address, has(cls.subject_folded, words)))
        if delivery in {None, Delivery.given_up}:
            found += session.exec(wanted.where(cls.delivery == Delivery.given_up).limit(limit))
        if delivery is not Delivery.given_up:
            others = col(cls.delivery) != Delivery.given_up if delivery is None else col(cls.delivery) == delivery
            found += session.exec(wanted.where(others).limit(limit - len(found)))
        return found

    @classmethod
    def sent(cls, session: Session, limit: int) -> list["Letter"]:
        """The letters sent last, newest first."""
        sent = select(cls).where(cls.delivery == Delivery.sent)
        return list(session.exec(sent.order_by(col(cls.sent_at).desc(), col(cls.id).desc()).limit(limit)))

    @classmethod
    def address_anew(cls, session: Session, user: User) -> None:
        """Have what this user has not got yet go to their present address; no link, which was asked for the other."""
        open_ = update(cls).where(col(cls.user_id) == user.key, col(cls.delivery) != Delivery.sent)
        session.exec(
            open_.where(col(cls.type).not_in(("sign_in", "invitation", "confirm_address"))).values(recipient=user.email)
        )

    @classmethod
    def oldest_of_last(cls, session: Session, user_id: int, number: int) -> datetime | None:
        """When the oldest of so many letters that this user got last was written; None where there were fewer."""
        written = select(cls.created_at).where(cls.user_id == user_id).order_by(col(cls.id).desc())
        return session.exec(written.offset(number - 1).limit(1)).first()

    @classmethod
    def counts(cls, session: Session) -> dict[Delivery, int]:
        """How many letters there are of each state."""
        found = dict(session.exec(select(cls.delivery, func.count()).group_by(col(cls.delivery))).all())
        return {state: found.get(state, 0) for state in Delivery}

    @classmethod
    def done_before(cls, session: Session, moment: datetime, limit: int) -> Sequence[int]:
        """The ids of letters from before then that wait for nothing any more, at most so many."""
        done = col(cls.delivery) != Delivery.waiting
        found = session.exec(select(cls.id).where(done, cls.created_at < moment).limit(limit))
        return [key for key in found if key]

    @classmethod
    def forget(cls, session: Session, ids: Sequence[int]) -> int:
        """Delete these letters; returns how many there were."""
        return session.exec(delete(cls).where(col(cls.id).in_(ids))).rowcount

    @classmethod
    def waiting(cls, session: Session) -> int:
        """How many letters wait to be sent."""
        return session.exec(select(func.count()).select_from(cls).where(cls.delivery == Delivery.waiting)).one()


keep_folded(Letter, "subject", "subject_folded")


def _due(session: Session, in_hand: Collection[int], by: str) -> SelectOfScalar[Letter]:
    free = or_(Process.nobodys(session, Letter.claimed_by), col(Letter.claimed_by) == by)
    due = select(Letter).where(Letter.delivery == Delivery.waiting, _is_time(), free)
    return due.where(col(Letter.id).not_in(in_hand)).order_by(col(Letter.next_try_at), col(Letter.id))


def _is_time() -> Any:
    """The condition for those whose next try has come; where more than their pause is left, the clock was set back."""
    now = clock.now()
    latest = {tries: literal(now + pause(tries), Moment()) for tries in range(PAUSES)}
    longest = literal(now + LONGEST_PAUSE, Moment())
    ahead = case(latest, value=col(Letter.tries), else_=longest)
    return or_(col(Letter.next_try_at) <= now, col(Letter.next_try_at) > ahead)
