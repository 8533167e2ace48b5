"""Channels: how each user hears of each type of news (on screen, by a letter at once, in a digest, or not at all)."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from models import known
from models.job import Job
from models.letter import Letter
from models.notification import Notification
from models.preference import Channel, chosen
from models.rows import store
from workflow import budgets
from workflow.mail import templates
from workflow.text import characters


def spread(session: Session, job: Job, news: Sequence[Notification], lettered: Collection[int] = ()) -> None:
    """Add these lines, each the way its reader has chosen; `lettered` are those whom another letter tells already.

    What is off, or about a muted order, is kept all the same, already read: the list is whole, and nobody is disturbed.
    Who got too many letters within the hour finds the line in their next digest.
    """
    unread = {line.user_id: line for line in news if not line.read}
    channels = chosen(session, news[0].type, job.key, unread) if unread else {}
    for user_id, channel in channels.items():
        line = unread[user_id]
        is_lettered = channel is Channel.at_once and user_id not in lettered
        has_enough = is_lettered and _has_enough(session, user_id)
        line.read, line.in_digest = channel is Channel.off, has_enough or channel is Channel.digest
        if is_lettered and not has_enough:
            store(session, _letter(session, job, line))
    store(session, *news)


def _has_enough(session: Session, user_id: int) -> bool:
    return budgets.LETTERS.is_spent(Letter.oldest_of_last(session, user_id, budgets.LETTERS.number))


def _letter(session: Session, job: Job, line: Notification) -> Letter:
    people = known.of(session)
    reader = people.user(session, line.user_id)
    assert reader is not None  # the line is theirs
    message = characters.titled(line.mailed)
    letter = templates.letter("news", reader, type_=line.type, job=job, title=line.title, message=message)
    if not job.is_visible_to(reader, people.rules):
        letter.job_id = None  # by this they hear that the order is theirs no more, which must not keep it back
    return letter
