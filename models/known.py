"""What is known of people, their sign-ins and rules: read once, and kept for as long as none of it has changed."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import URL, bindparam, select
from sqlmodel import Field, Session, SQLModel, col

from models import database, rows
from models.api_token import ApiToken
from models.rows import as_read
from models.rules import Rules
from models.sign_in import SignIn
from models.user import TEAM, Pass, User


class Stamp(SQLModel, table=True):
    """A number in one row, which the database itself raises with every change of people and of rules (see 0022), and
    with the end of a sign-in (0028) and of a token (0036)."""

    __tablename__ = "stamps"

    id: int = Field(default=1, primary_key=True)
    version: int


STAMP = "(SELECT version FROM stamps)"
"""The number, to be read along with something else of the same transaction."""

_USERS = select(*User.metadata.tables["users"].c)
_CREW = _USERS.where(col(User.role).in_(TEAM), col(User.active)).order_by(col(User.name_folded), col(User.name))
_USER = _USERS.where(col(User.id) == bindparam("key"))
_SIGN_IN = select(col(SignIn.expires_at)).where(col(SignIn.key_hash) == bindparam("key_hash"))
_TOKEN = select(col(ApiToken.expires_at)).where(col(ApiToken.key_hash) == bindparam("key_hash"))
_RULES = select(*User.metadata.tables["rules"].c).where(col(Rules.id) == 1)


@dataclass(frozen=True)
class Known:
    """People and rules as they were at one stamp. They belong to no session, and nobody changes them.

    `crew` are all active staff and writers, by name, and `staff` those of them who are no writers.
    """

    url: URL
    version: int
    rules: Rules
    crew: tuple[User, ...]
    staff: tuple[User, ...]
    _users: dict[int | None, User | None]
    _ends: dict[str, datetime] = field(default_factory=dict)

    def user(self, session: Session, user_id: int | None) -> User | None:
        """The user with this id, as they are in this transaction; None when there is none."""
        if user_id not in self._users:
            row = database.connection(session).execute(_USER, {"key": user_id}).mappings().first()
            user = as_read(User, row) if row else None
            database.after_commit(session, partial(self._users.__setitem__, user_id, user))
            return user
        return self._users[user_id]

    def ends(self, session: Session, kept: Pass) -> datetime | None:
        """When what somebody came in with, and of which we keep the hash, expires; None when it was ended."""
        key_hash = kept.sign_in or kept.token
        if key_hash in self._ends:
            return self._ends[key_hash]
        asked = _SIGN_IN if kept.sign_in else _TOKEN
        ends = database.connection(session).execute(asked, {"key_hash": key_hash}).scalar()
        if ends is not None:
            database.after_commit(session, partial(self._ends.__setitem__, key_hash, ends))
        return ends


_kept: Known | None = None
"""What this process read last. What a transaction reads is kept once it is committed: it may be of its own making."""


def of(session: Session) -> Known:
    """People and rules as this transaction sees them; read once a transaction, which mostly is one number's reading."""
    if "known" not in session.info:
        at(session, rows.ask(session, f"SELECT {STAMP}")[0][0])
    return session.info["known"]


def at(session: Session, version: int) -> None:
    """The same for who has read the number already, along with something else of this transaction."""
    if "known" not in session.info:
        session.info["known"] = _read(session, version)


def _read(session: Session, version: int) -> Known:
    connection = database.connection(session)
    if _kept is not None and _kept.version == version and _kept.url == connection.engine.url:
        return _kept
    rules = connection.execute(_RULES).mappings().first()
    crew = tuple(as_read(User, row) for row in connection.execute(_CREW).mappings())
    users: dict[int | None, User | None] = {None: None} | {user.key: user for user in crew}
    staff = tuple(user for user in crew if user.is_staff)
    known = Known(connection.engine.url, version, as_read(Rules, rules) if rules else Rules(), crew, staff, users)
    database.after_commit(session, partial(_keep, known))
    return known


def _keep(known: Known) -> None:
    global _kept
    _kept = known
