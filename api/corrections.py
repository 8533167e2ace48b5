"""Corrections: another writer, another client, a file withdrawn; none of them changes a job's status."""

from fastapi import APIRouter, Response

from api.door import Actor, SignedInRoute
from api.job_out import JobOut
from api.schemas import Id, Note, Number, Wish
from workflow import access
from workflow.orders import corrections, withdrawals

router = APIRouter(route_class=SignedInRoute, tags=["Corrections"])


class NewWriter(Wish):
    """Who shall go on with the work; the note is the team’s to read."""

    writer_id: Number
    note: Note | None = None
    version: Number | None = None


class NewClient(Wish):
    """Whose order it is; the note is the team’s to read."""

    client_id: Number
    note: Note | None = None
    version: Number | None = None


@router.put("/{jobId}/writer")
def reassign(jobId: Id, body: NewWriter, actor: Actor) -> JobOut:  # noqa: N803 - the name in the address
    """Give a running order to another writer."""
    job = access.seen(jobId, actor)
    done = corrections.reassign(job.key, body.writer_id, by=actor, note=body.note, version=body.version)
    return JobOut.of(done, actor)


@router.put("/{jobId}/client")
def change_client(jobId: Id, body: NewClient, actor: Actor) -> JobOut:  # noqa: N803 - the name in the address
    """Put an order into another client’s name."""
    job = access.seen(jobId, actor)
    done = corrections.change_client(job.key, body.client_id, by=actor, note=body.note, version=body.version)
    return JobOut.of(done, actor)


@router.delete("/{jobId}/files/{fileId}", status_code=204)
def withdraw(jobId: Id, fileId: Id, actor: Actor) -> Response:  # noqa: N803 - the names in the address
    """Take a file back: who brought it while the client does not have it, else staff."""
    withdrawals.withdraw(access.seen(jobId, actor).key, fileId, by=actor)
    return Response(status_code=204)
