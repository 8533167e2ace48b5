"""The history of a job."""

from fastapi import APIRouter

from api.door import Actor, SignedInRoute
from api.schemas import Id, Shape, Time
from models import database
from models.status import Status
from models.status_log import StatusLog
from workflow import access
from workflow.history import visibility

router = APIRouter(route_class=SignedInRoute, tags=["Jobs"])


class LogOut(Shape):
    """One line of a job's history."""

    id: int
    job_id: int
    job_display_id: str
    job_title: str
    action: str
    old_status: Status | None
    new_status: Status
    changed_by: int | None
    changed_by_name: str | None
    note: str | None
    created_at: Time


@router.get("/{jobId}/logs")
def history(jobId: Id, actor: Actor) -> list[LogOut]:  # noqa: N803 - the name in the address
    """The history of a job, newest line first."""
    job = access.seen(jobId, actor)
    with database.reading() as session:
        lines = StatusLog.of(session, job)
    return [
        LogOut(
            id=line.id or 0,
            job_id=job.key,
            job_display_id=job.display_id,
            job_title=job.title,
            action=line.action,
            old_status=line.old_status,
            new_status=line.new_status,
            changed_by=line.changed_by,
            changed_by_name=line.actor and visibility.name_of(line.actor, actor),
            note=visibility.readable_note(line, actor),
            created_at=line.created_at,
        )
        for line in reversed(visibility.readable_lines(lines, actor))
    ]
