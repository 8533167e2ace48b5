"""Outages: while the mail server takes nothing, since when and why; when it is asked again, by one process for all."""

from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel

from models import clock
from models.columns import Moment

PAUSE = timedelta(minutes=1)
"""How long after it was asked a server that is away is asked again."""


class Outage(SQLModel, table=True):
    """The one row that there is while the mail server takes no letters."""

    __tablename__ = "mail_outages"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    since: datetime = Field(default_factory=clock.now, sa_type=Moment)
    ask_at: datetime = Field(sa_type=Moment)
    cause: str = Field(max_length=30)
    error: str = Field(max_length=500)

    @classmethod
    def present(cls, session: Session) -> "Outage | None":
        """The outage that there is now."""
        return session.get(cls, 1)

    @property
    def is_to_be_asked(self) -> bool:
        """Whether the server has been left alone for long enough; also when the clock was set back."""
        return not clock.now() < self.ask_at <= clock.now() + PAUSE

    def ask(self) -> None:
        """Claim the next question: until its time is over, nobody else asks."""
        self.ask_at = clock.now() + PAUSE
