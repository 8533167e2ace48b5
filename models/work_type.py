"""Kinds of work: what clients can order, for which price, in how many days, and what they are asked."""

from sqlalchemy import JSON
from sqlmodel import Field, Session, SQLModel, select

from models.folding import folded


class WorkType(SQLModel, table=True):
    """A kind of work that an admin defined. `price` is in minor units of the agency's currency, for `per` units."""

    __tablename__ = "work_types"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60, unique=True)
    unit: str = Field(default="words", max_length=30)
    price: int = 0
    per: int = 1
    usual_days: int = 7
    questions: list[str] = Field(default_factory=list, sa_type=JSON)
    active: bool = True

    @property
    def key(self) -> int:
        """The id of a kind that is stored."""
        assert self.id is not None
        return self.id

    def amount(self, quantity: int) -> int:
        """What so many units cost, in minor units; half a minor unit is rounded up."""
        return (2 * quantity * self.price + self.per) // (2 * self.per)

    @classmethod
    def offered(cls, session: Session) -> list["WorkType"]:
        """What can be ordered now, by name."""
        return [kind for kind in cls.everything(session) if kind.active]

    @classmethod
    def everything(cls, session: Session) -> list["WorkType"]:
        """Every kind of work, by name, also what is offered no more."""
        return sorted(session.exec(select(cls)), key=lambda kind: (folded(kind.name), kind.name))

    @classmethod
    def called(cls, session: Session, name: str) -> "WorkType | None":
        """The kind of work with this name that can be ordered now."""
        return session.exec(select(cls).where(cls.name == name, cls.active)).first()

    @classmethod
    def meant(cls, session: Session, name: str) -> "WorkType | None":
        """The kind of work that somebody means by this name, however they write it, also when it is offered no more."""
        meant = " ".join(name.split()).casefold()
        return next((kind for kind in cls.everything(session) if kind.name.casefold() == meant), None)
