"""Talk: comments on an order, to everybody around it or within the team, which clients never see, hear or fetch."""

from datetime import timedelta

from sqlmodel import Session

from models import clock, database
from models.comment import Audience, Comment
from models.job import Job
from models.user import User
from workflow import access, budgets, checks, moves
from workflow.live import audience, rings
from workflow.notifications import notices
from workflow.refusals import Forbidden, InvalidField
from workflow.text import mentions

SECOND_THOUGHTS = timedelta(minutes=15)
"""How long one may edit or delete one's own words."""


def say(job_id: int, body: str, *, by: User, audience: Audience = Audience.everybody) -> Comment:
    """Comment on a job; those who may read it and are around the job, or are named with @, hear of it.

    Raises NotFound, InvalidField, TooOften, or Forbidden for somebody outside who would speak to the team alone.
    """
    body = checks.needed("body", body, checks.NOTE)
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        budgets.COMMENTS.check(Comment.written(session, actor.key, budgets.COMMENTS.since))
        comment = Comment(job_id=job.key, author_id=actor.key, body=body, audience=audience)
        if not comment.is_readable_by(actor, job):
            raise Forbidden("Only the agency and the order's writer talk within the team.")
        comment.author = actor
        session.add(comment)
        job.stirred_by(actor)
        session.flush()
        named = _named(session, job, comment)
        rings.announce(session, job, notices.tell_of_comment(session, job, comment, named, by=actor))
        return comment


def _named(session: Session, job: Job, comment: Comment) -> list[User]:
    """The active people around the job, and all staff, whom the comment names and who may read it."""
    called = mentions.called(comment.body, audience.around(session, job, all_staff=True))
    return [user for user in called if comment.is_readable_by(user, job)]


def edit(comment_id: int, body: str, *, by: User) -> Comment:
    """Change one's own words, within a quarter of an hour; whom they name only now hears of it.

    Raises NotFound, Forbidden or InvalidField.
    """
    body = checks.needed("body", body, checks.NOTE)
    with database.writing() as session:
        comment, job = _own(session, comment_id, by)
        comment.body, comment.edited_at = body, clock.now()
        named = _named(session, job, comment)
        rings.announce(session, job, notices.tell_of_mention(session, job, comment, named, by=comment.author))
        return comment


def delete(comment_id: int, *, by: User) -> Comment:
    """Take one's own words back, within a quarter of an hour; a mark stays.

    Raises NotFound, Forbidden, or InvalidField when there is no such comment.
    """
    with database.writing() as session:
        comment, job = _own(session, comment_id, by)
        comment.body, comment.deleted_at = "", clock.now()
        rings.announce(session, job, [])
        return comment


def hide(comment_id: int, *, by: User) -> Comment:
    """Hide somebody's words, as an admin; it is logged in the order's history.

    Raises NotFound, Forbidden, or InvalidField when there is no such comment.
    """
    with database.writing() as session:
        actor = access.still_active(session, by)
        comment, job = _opened(session, comment_id, actor)
        access.only_admins(actor, "hide a comment")
        if comment.hidden_by is None:
            comment.hidden_by = actor.key
            moves.log(session, job, "hide_comment", by=actor, note=f"A comment of {comment.author.name}")
        return comment


def _own(session: Session, comment_id: int, by: User) -> tuple[Comment, Job]:
    actor = access.still_active(session, by)
    comment, job = _opened(session, comment_id, actor)
    if comment.author_id != actor.id:
        raise Forbidden("You can change your own comments only.")
    if clock.now() - comment.created_at > SECOND_THOUGHTS or comment.deleted_at or comment.hidden_by:
        raise Forbidden("A comment can be changed for 15 minutes; this one stands.")
    return comment, job


def _opened(session: Session, comment_id: int, actor: User) -> tuple[Comment, Job]:
    comment = session.get(Comment, comment_id)
    job = comment and access.opened(session, comment.job_id, actor)
    if not comment or not job or not comment.is_readable_by(actor, job):
        raise InvalidField("comment_id", "There is no such comment.")
    return comment, job
