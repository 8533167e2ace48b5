"""Order numbers: one counter a year, raised in the transaction that uses the number, so that none is ever missing."""

from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel


class OrderNumber(SQLModel, table=True):
    """The last number given in a year."""

    __tablename__ = "order_numbers"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int

    @classmethod
    def next(cls, session: Session, year: int) -> int:
        """The next number of that year, from 1; a rolled-back transaction gives it back."""
        raised = text(
            "INSERT INTO order_numbers (year, last) VALUES (:year, 1) "
            "ON CONFLICT (year) DO UPDATE SET last = order_numbers.last + 1 RETURNING last"
        )
        return session.execute(raised, {"year": year}).scalar_one()
