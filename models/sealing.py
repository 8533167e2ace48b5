"""Sealings: the leave to clear a history that lies in an archive, which no transaction can keep."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlmodel import Field, Session, SQLModel, col, delete

from models.status_log import StatusLog


class Sealing(SQLModel, table=True):
    """While the row is there, the database lets go of the lines of one history before its sealing line.

    It cannot be committed: `never` refers to a sealing that cannot be, which is looked at when the transaction ends. So
    the leave is given and taken back in the transaction that writes the sealing line, or all of it is undone.
    """

    __tablename__ = "sealings"
    __table_args__ = (CheckConstraint("never = 0 AND job_id > 0", name="never"),)

    job_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seal_id: int
    never: int = Field(
        default=0, sa_column_args=(ForeignKey("sealings.job_id", deferrable=True, initially="DEFERRED"),)
    )

    @classmethod
    def clear_before(cls, session: Session, seal: StatusLog) -> None:
        """Delete the lines of this history before its sealing line, which must be there already."""
        session.add(cls(job_id=seal.job_id, seal_id=seal.id or 0))
        session.flush()
        session.exec(delete(StatusLog).where(col(StatusLog.job_id) == seal.job_id, col(StatusLog.id) < (seal.id or 0)))
        session.exec(delete(cls).where(col(cls.job_id) == seal.job_id))
