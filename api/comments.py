"""Comments: what people say about a job; clients never fetch what was said within the team."""

from typing import Annotated

from fastapi import APIRouter

from api.door import Actor, SignedInRoute
from api.schemas import Id, Note, Shape, Time, Wish, needed
from models import database
from models.comment import Audience, Comment
from models.user import User
from workflow import access, checks
from workflow.history import visibility
from workflow.orders import comments

router = APIRouter(route_class=SignedInRoute, tags=["Talk"])


class NewComment(Wish):
    """Something to say, to everybody around the job or within the team; Markdown is shown as such."""

    body: Annotated[Note, needed(checks.NOTE)]
    audience: Audience = Audience.everybody


class CommentOut(Shape):
    """One comment; of a deleted or hidden one, the mark that stands for it."""

    id: int
    job_id: int
    body: str
    audience: Audience
    author_id: int
    author_name: str
    created_at: Time
    edited_at: Time | None


@router.get("/{jobId}/comments")
def said(jobId: Id, actor: Actor) -> list[CommentOut]:  # noqa: N803 - the name in the address
    """The comments that the caller may read, oldest first."""
    job = access.seen(jobId, actor)
    with database.reading() as session:
        return [_out(comment, actor) for comment in Comment.of(session, job, actor)]


@router.post("/{jobId}/comments", status_code=201)
def say(jobId: Id, body: NewComment, actor: Actor) -> CommentOut:  # noqa: N803 - the name in the address
    """Comment on a job."""
    return _out(comments.say(jobId, body.body, by=actor, audience=body.audience), actor)


def _out(comment: Comment, reader: User) -> CommentOut:
    return CommentOut(
        id=comment.key,
        job_id=comment.job_id,
        body=comment.shown,
        audience=comment.audience,
        author_id=comment.author_id,
        author_name=visibility.name_of(comment.author, reader),
        created_at=comment.created_at,
        edited_at=comment.edited_at,
    )
