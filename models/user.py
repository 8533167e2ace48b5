"""People: clients, writers, managers and admins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Index, or_
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment, choice
from models.folding import FOLDED, has, keep_folded


class Role(StrEnum):
    """What somebody is to the agency."""

    client = "client"
    writer = "writer"
    manager = "manager"
    admin = "admin"


TITLES = re.compile(
    r"(dr|prof|mr|mrs|ms|miss|mx|sir|herr|frau|hr|mme|mlle|monsieur|madame|srta|sra|señora?|pan|pani|dhr|mevr)[.]?,?"
    r"|(m|fr|sr|sig|med|phil|jur|rer|nat|oec|pol|ing|mag|h\.c|habil|univ|priv|hon|rev)[.],?|(dipl|priv)[.]\S*|(sig|dott)\.\S+",
    re.IGNORECASE,
)
"""What stands before a name and is no part of it: Dr., Prof., Frau, Dipl.-Ing., med. and the like."""

STAFF = frozenset({Role.manager, Role.admin})
TEAM = STAFF | {Role.writer}


@dataclass(frozen=True)
class Pass:
    """What somebody came in with, until when it is good: the sign-in or the token of their own with this hash of a key,
    or else a token that is signed."""

    until: datetime
    sign_in: str = ""
    token: str = ""

    @property
    def is_over(self) -> bool:
        """Whether its time is over; it may have been ended before."""
        return self.until <= clock.now()


class User(SQLModel, table=True):
    """One person with an account. `access_version` rises when all their sessions and tokens must die.

    `locale` is Babel's name of how dates and numbers are written to them, if they have one. `digest_hour` is an hour of
    the user's own day, `digest_on` their day that the last digest was for. Who came in by a mailed link may have no
    password yet: then `password_hash` is empty, and fits none. Who acts carries what they came in with (`came_with`),
    which is asked again in the transaction: see `workflow/access.py`. `invited_at`: since when this account waits for
    its person to come in for the first time.
    """

    came_with: ClassVar[Pass | None] = None

    __tablename__ = "users"
    __table_args__ = (Index(None, "role", "name_folded", "name", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=100)
    name_folded: str = Field(default="", sa_type=FOLDED)
    role: Role = Field(sa_type=choice(Role, "role"))
    password_hash: str = Field(max_length=200)
    active: bool = True
    access_version: int = 1
    time_zone: str = Field(default="UTC", max_length=64)
    theme: str = Field(default="auto", max_length=10)
    locale: str = Field(default="", max_length=10)
    capacity: int | None = None
    digest_hour: int = 8
    digest_on: date | None = None
    invited_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    def coming_with(self, came_with: Pass) -> "User":
        """The same user, who has come in with this."""
        vars(self)["came_with"] = came_with
        return self

    @property
    def key(self) -> int:
        """The id of a user who is stored."""
        assert self.id is not None
        return self.id

    @property
    def is_staff(self) -> bool:
        """Whether this is a manager or an admin."""
        return self.role in STAFF

    @property
    def first_name(self) -> str:
        """The name that others are given. A title is none, but stays where only the last name is known: Frau Weiss."""
        words = self.name.split() or [self.name]
        own = [word for word in words if not TITLES.fullmatch(word)]
        if len(own) == 1 and len(words) > 1:
            return " ".join(words)
        return (own or words)[0].rstrip(",")

    @property
    def with_role(self) -> str:
        """The first name and the role, as sentences name somebody: `Bea (manager)`."""
        return f"{self.first_name} ({self.role})"

    @classmethod
    def by_email(cls, session: Session, email: str) -> "User | None":
        """The user with this address, whatever its capitals."""
        return session.exec(select(cls).where(cls.email == email.strip().lower())).first()

    @classmethod
    def addresses(cls, session: Session) -> set[str]:
        """The addresses of everybody, the inactive ones too."""
        return set(session.exec(select(cls.email)))

    @classmethod
    def active_with(cls, session: Session, roles: Iterable[Role]) -> list["User"]:
        """All active users with one of these roles, by name."""
        return list(
            session.exec(select(cls).where(col(cls.role).in_(roles), cls.active).order_by(cls.name_folded, cls.name))
        )

    @classmethod
    def everybody(cls, session: Session) -> list["User"]:
        """All users, by name, the inactive ones too."""
        return list(session.exec(select(cls).order_by(cls.name_folded, cls.name)))

    @classmethod
    def found(cls, session: Session, role: Role | Iterable[Role], words: str, limit: int) -> list["User"]:
        """The users of this role, or of these, with all of these words in name or address: by name, at most so many."""
        fitting = [is_called(cls, word) for word in words.split()[:8]]
        among = cls.role == role if isinstance(role, Role) else col(cls.role).in_(list(role))
        wanted = select(cls).where(among, *fitting).order_by(cls.name_folded, cls.name, col(cls.id))
        return list(session.exec(wanted.limit(limit)))


def is_called(user: Any, word: str) -> ColumnElement[bool]:
    """The condition that this word is in a user's name or address; for staff, as others are not told addresses."""
    return or_(has(user.name_folded, word), user.email.icontains(word, autoescape=True))


keep_folded(User, "name", "name_folded")
