"""The agency itself: one row, written by the set-up page."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import LargeBinary
from sqlmodel import Field, Session, SQLModel, col, select

import settings
from models import clock
from models.columns import Moment

COLOURS = ("pine", "ocean", "plum", "brick", "moss", "slate")
"""The colours that an agency's pages may have; assets/theme.css says which, light and dark."""


class Face(NamedTuple):
    """What every page shows of an agency; its logo itself is not read for that."""

    name: str = "Docket"
    has_logo: bool = False
    colour: str = COLOURS[0]


class Agency(SQLModel, table=True):
    """Who runs this desk. Without the row, the set-up page is all there is; `logo` is a PNG or a JPEG.

    `pay_words`, `iban` and `account_holder` say how clients pay, in the agency's own words. `steps_put_aside`: its
    admins want to hear no more of the first steps.
    """

    __tablename__ = "agency"

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=100)
    currency: str = Field(default="EUR", max_length=3)
    logo: bytes | None = Field(default=None, sa_type=LargeBinary)
    colour: str = Field(default=COLOURS[0], max_length=20)
    pay_words: str = ""
    iban: str = Field(default="", max_length=34)
    account_holder: str = Field(default="", max_length=70)
    steps_put_aside: bool = False
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)

    @classmethod
    def get(cls, session: Session) -> "Agency | None":
        """The agency, or None before the set-up."""
        return session.get(cls, 1)

    @classmethod
    def called(cls, session: Session) -> str:
        """Whom a letter is from; before the set-up, Docket."""
        agency = cls.get(session)
        return agency.name if agency else "Docket"

    @classmethod
    def face(cls, session: Session) -> Face:
        """What every page shows of it; before the set-up, Docket's own."""
        found = session.exec(select(cls.name, col(cls.logo).is_not(None), cls.colour)).first()
        return Face(*found) if found else Face()

    @classmethod
    def currency_in_force(cls, session: Session) -> str:
        """The currency of new orders: the agency's, before the set-up that of the settings."""
        agency = cls.get(session)
        return agency.currency if agency else settings.current().currency
