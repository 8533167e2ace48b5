"""Files of a job: bring one, list them, fetch one; always as a download."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response, UploadFile
from fastapi import File as FormFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from starlette.types import Message

import settings
from api import retries
from api.door import Actor, Handler, Plain, SignedInRoute
from api.errors import Refusal
from api.schemas import Id, Shape, Time, a_file
from models import database
from models.file import File, Kind
from workflow import access, budgets, checks
from workflow.live.stay import Stay
from workflow.orders import files
from workflow.storage.incoming import Incoming

CHUNK = 1 << 20
"""How much of a file is in memory at once, in bytes."""


class FilesRoute(SignedInRoute):
    """A route whose bodies may hold a file."""

    @property
    def most(self) -> int:
        """A file, and a little for the form around it."""
        return settings.current().max_file_bytes + 100_000

    async def admit(self, request: Request) -> None:
        """Find out who calls, and before a file is taken, whether they may bring one at all."""
        await super().admit(request)
        job_id = checks.number_in(request.path_params["jobId"])
        if request.method == "POST" and job_id:
            await run_in_threadpool(_may_bring, request, job_id)

    def counted(self, request: Request) -> AbstractContextManager[None]:
        """One of the caller's requests, and of those that bring a file."""
        if request.method != "POST":
            return super().counted(request)
        return budgets.UPLOADS.held(request.state.actor.id)

    async def handled(self, handle: Handler, request: Request) -> Response:
        """What the handler answers; a file whose bringer's access ends meanwhile is refused at once."""
        if request.method != "POST":
            return await super().handled(handle, request)
        async with Stay(request.state.actor) as stay:
            return await super().handled(handle, Plain(request.scope, lambda: stay.during(request.receive())))

    def get_route_handler(self) -> Handler:
        """The handler; a disk that fails is told to the caller once all is sent, for nobody listens before."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            more = True

            async def receive() -> Message:
                nonlocal more
                message = await request.receive()
                more = message.get("more_body", False)
                return message

            response = await handle(Request(request.scope, receive))
            while more and response.status_code in {503, 507}:
                await receive()
            return response

        return answer


def _may_bring(request: Request, job_id: int) -> None:
    """Whoever has brought it already, under the same key, may send it again."""
    if not retries.is_answered(request, request.state.user_id):
        files.may_bring(job_id, None, by=request.state.actor)


BYTES = "application/octet-stream"
"""The type of every file that goes out: a download of no type."""

router = APIRouter(route_class=FilesRoute, tags=["Files"])


NewFile = Annotated[UploadFile, FormFile(json_schema_extra={"minLength": 1})]


class FileOut(Shape):
    """One file; `sha256` proves its content, `deletedAt` says since when it is gone.

    Files of one kind and name are versions, counted from 1. `mediaType` is what the content says; it is sent as a
    download of no type all the same.
    """

    id: int
    name: str
    kind: Kind
    version: int
    size: int
    sha256: str
    media_type: str
    uploaded_by: int
    created_at: Time
    deleted_at: Time | None


@router.get("/{jobId}/files")
def listed(jobId: Id, actor: Actor) -> list[FileOut]:  # noqa: N803 - the name in the address
    """The files that the caller may see, oldest first."""
    job = access.seen(jobId, actor)
    with database.reading() as session:
        versions = File.versions(session, job)
        return [_out(file, versions) for file in File.of(session, job, actor)]


def _taken_in(file: NewFile) -> Iterator[Incoming]:
    """The file, on the disk by the time that its order is looked at: the change itself waits for no copy."""
    with Incoming() as incoming:
        while chunk := file.file.read(CHUNK):
            incoming.write(chunk)
        yield incoming


TakenIn = Annotated[Incoming, Depends(_taken_in, scope="function")]


async def _no_other_fields(request: Request) -> None:
    for name in (await request.form()).keys() - {"file", "kind"}:
        raise Refusal(422, "INVALID_FIELD", f"{name}: there is no such field.", field=name)


@router.post("/{jobId}/files", status_code=201, dependencies=[Depends(_no_other_fields)])
def bring(jobId: Id, actor: Actor, file: NewFile, incoming: TakenIn, kind: Annotated[Kind, Form()]) -> FileOut:  # noqa: N803
    """Bring a file: clients for the brief, writers drafts and finals, staff any."""
    job = access.seen(jobId, actor)
    brought = files.bring(incoming, job.key, file.filename or "", kind, by=actor)
    with database.reading() as session:
        return _out(brought, File.versions(session, job))


@router.get("/{jobId}/files/{fileId}", **a_file(BYTES))
def fetched(jobId: Id, fileId: Id, actor: Actor) -> FileResponse:  # noqa: N803 - the names in the address
    """The bytes, as a download."""
    job = access.seen(jobId, actor)
    found = files.opened(fileId, by=actor)
    if found is None or found[0].job_id != job.id:
        raise Refusal(404, "NOT_FOUND", "There is no such file.")
    file, path = found
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return FileResponse(path, media_type=BYTES, filename=file.name, headers=headers)


def _out(file: File, versions: dict[int, int]) -> FileOut:
    return FileOut.model_validate({**file.model_dump(), "version": versions[file.key]}, extra="ignore")
