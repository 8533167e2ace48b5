"""Undelivered: what an admin may see of letters, and how those that went nowhere go again."""

from models import clock, database
from models.letter import Delivery, Letter
from models.user import User
from workflow import access
from workflow.mail.outcomes import SECRET_TYPES, UNSEEN
from workflow.refusals import InvalidField


def text(letter: Letter) -> str:
    """What an admin may read of it."""
    return UNSEEN if letter.type in SECRET_TYPES else letter.body


def send_again(letter_id: int, *, by: User) -> None:
    """Put a letter that was given up or dropped, or waits for its next try, back to the front.

    Raises Forbidden for all but admins, and InvalidField when there is none, or it was sent.
    """
    with database.writing() as session:
        access.admin(session, by, "send letters again")
        letter = session.get(Letter, letter_id)
        if letter is None or letter.delivery is Delivery.sent:
            raise InvalidField("letter_id", "There is no such letter to send again.")
        _to_the_front(letter)


def send_all_again(*, by: User) -> int:
    """Put all letters that were given up back to the front; returns how many these are. Raises Forbidden."""
    with database.writing() as session:
        access.admin(session, by, "send letters again")
        letters = Letter.given_up(session)
        for letter in letters:
            _to_the_front(letter)
        return len(letters)


def _to_the_front(letter: Letter) -> None:
    letter.delivery, letter.next_try_at, letter.tries = Delivery.waiting, clock.now(), 0
