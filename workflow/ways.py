"""Ways: how each user hears of each type of news (on screen, by a letter at once, in a digest, or not at all)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.job import Job
from models.letter import Letter
from models.notification import Notification
from models.preference import Mute, Preference, Way
from models.rules import Rules
from models.user import STAFF, Role, User
from workflow import characters, envelopes

EVERYBODY = frozenset(Role)
TEAM = EVERYBODY - {Role.client}


@dataclass(frozen=True)
class NewsType:
    """A type of news: how it is called where people choose, and which roles ever hear of it."""

    called: str
    roles: frozenset[Role] = EVERYBODY


TYPES = {
    "order_created": NewsType("A new order", EVERYBODY - {Role.writer}),
    "order_updated": NewsType("An order’s status has changed"),
    "comment_added": NewsType("Somebody wrote a comment"),
    "file_added": NewsType("Somebody added a file"),
    "file_withdrawn": NewsType("Somebody removed a file"),
    "payment_recorded": NewsType("A payment was recorded", EVERYBODY - {Role.writer}),
    "help_asked": NewsType("Somebody asks for your help"),
    "deadline_near": NewsType("A deadline is near", TEAM),
    "deadline_missed": NewsType("A deadline was missed", TEAM),
    "completion_blocked": NewsType("An order cannot complete by itself", STAFF),
}
"""Every type of news that somebody can choose a way for: SPEC section 5. That an order is about to complete by itself
is no such type: its client must hear of it."""

CALLED = {
    Way.in_app: "On screen",
    Way.at_once: "On screen, and by mail at once",
    Way.digest: "On screen, and in the daily digest",
    Way.off: "Off",
}


def spread(session: Session, job: Job, news: Sequence[Notification], lettered: Collection[int] = ()) -> None:
    """Add these lines, each the way its reader has chosen; `lettered` are those whom another letter tells already.

    What is off, or about a muted order, is kept all the same, already read: the list is whole, and nobody is disturbed.
    """
    unread = {line.user_id: line for line in news if not line.read}
    session.add_all(news)
    if not unread:
        return
    ways = Preference.ways(session, news[0].type, unread)
    ways |= dict.fromkeys(Mute.of_job(session, job.key) & unread.keys(), Way.off)
    for user_id, way in ways.items():
        line = unread[user_id]
        line.read, line.in_digest = way is Way.off, way is Way.digest
        if way is Way.at_once and user_id not in lettered:
            session.add(_letter(session, job, line))


def _letter(session: Session, job: Job, line: Notification) -> Letter:
    reader = session.get_one(User, line.user_id)
    message = characters.titled(line.mailed)
    letter = envelopes.letter("news", reader, type_=line.type, job=job, title=line.title, message=message)
    if not job.is_visible_to(reader, Rules.get(session)):
        letter.job_id = None  # by this they hear that the order is theirs no more, which must not keep it back
    return letter
