"""Processes: who holds a claim gives signs of life; half a minute after the last, what it holds is anybody's."""

import secrets
import time
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import Field, Session, SQLModel, col, select

from models import clock
from models.columns import Moment

ORIGIN = secrets.token_hex(8)
"""The name of this process."""

SILENCE = timedelta(seconds=30)
"""How long after its last sign of life a process counts as alive."""

KEPT = timedelta(days=1)

_met: dict[str, tuple[datetime, float]] = {}
"""By its name, the newest sign of life of each process, and when we met with it, by a clock that nobody sets."""


class Process(SQLModel, table=True):
    """A process that has claimed something; it has left once it let go of all that, and then claims no more."""

    __tablename__ = "processes"

    name: str = Field(primary_key=True, max_length=32)
    seen_at: datetime = Field(sa_type=Moment, index=True)
    has_left: bool = False

    @classmethod
    def is_seen(cls, session: Session, name: str = ORIGIN) -> bool:
        """Give a sign of life, in a writing transaction; False for a process that has left."""
        process = session.get(cls, name) or cls(name=name, seen_at=clock.now())
        process.seen_at = clock.now()
        session.add(process)
        return not process.has_left

    @classmethod
    def leave(cls, session: Session, name: str = ORIGIN) -> None:
        """Let go of whatever this process has claimed."""
        if process := session.get(cls, name):
            process.has_left = True

    @classmethod
    def nobodys(cls, session: Session, holder: Any) -> Any:
        """The condition for what no living process holds."""
        return or_(holder.is_(None), holder.not_in(_alive(session)))

    @classmethod
    def gone(cls) -> Any:
        """The condition for those that nobody has to know of any more."""
        return col(cls.seen_at) < clock.now() - KEPT


def forget() -> None:
    """Meet every process anew, as one that has just begun to look."""
    _met.clear()


def _alive(session: Session) -> list[str]:
    """Those of whose newest sign of life we know since half a minute at most: how long it stands, no clock tells."""
    signs = session.exec(select(Process.name, Process.seen_at).where(col(Process.has_left).is_(False))).all()
    now = time.monotonic()
    met = {name: (sign, _since(name, sign, now)) for name, sign in signs}
    _met.update(met)
    for name in _met.keys() - met.keys():
        _met.pop(name, None)
    return [name for name, (_, since) in met.items() if now - since < SILENCE.total_seconds()]


def _since(name: str, sign: datetime, now: float) -> float:
    """When we met with this sign. Its moment tells of a process that is new to us; one to come, of a clock set back."""
    met = _met.get(name)
    if met is None:
        return now - abs(clock.now() - sign).total_seconds()
    known, since = met
    return since if sign == known else now
