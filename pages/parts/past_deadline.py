"""A deadline that has passed already: seldom meant, so it is asked about once."""

from datetime import datetime

from models import clock
from pages.parts.confirmation import sure

QUESTION = "This deadline has passed already"
CONSEQUENCE = "The order would be late from the start. Is the day right?"


async def is_meant(*deadlines: datetime | None) -> bool:
    """Whether these deadlines shall stand; nothing is asked while all of them are ahead."""
    if all(deadline is None or deadline > clock.now() for deadline in deadlines):
        return True
    return await sure(QUESTION, CONSEQUENCE, "Yes, it is right")
