"""The rules of the agency: switches that tighten the lifecycle, in one row; all are off until an admin sets them."""

from sqlmodel import Field, Session, SQLModel

from models.user import User


class Rules(SQLModel, table=True):
    """How strict this agency is. `writer_capacity` counts open orders a writer, None is no limit."""

    __tablename__ = "rules"

    id: int = Field(default=1, primary_key=True)
    deposit_first: bool = False
    deposit_percent: int = Field(default=50, ge=1, le=100)
    paid_before_completion: bool = False
    editing_is_required: bool = False
    file_before_delivery: bool = False
    writers_may_claim: bool = False
    writer_capacity: int | None = None
    included_revisions: int | None = None
    auto_complete_days: int | None = None
    public_orders: bool = False
    second_factor_days: int | None = None

    @classmethod
    def get(cls, session: Session) -> "Rules":
        """The rules as they are stored, to be changed; who only heeds them asks models/known.py."""
        return session.get(cls, 1) or cls()

    def limit_of(self, writer: User) -> int | None:
        """How many orders this writer may have in hand, None for no limit: their own number, else the agency's."""
        return self.writer_capacity if writer.capacity is None else writer.capacity
