"""Archives: the files in which old histories lie, each named by the line that sealed it."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from sqlmodel import Session

import durable
import settings
from models.job import Job
from models.status import Status
from models.status_log import StatusLog
from workflow.history import signatures

NOTE = "{name}, {number} lines, SHA-256 {sha256}"
"""What a sealing line says of its archive."""

_SAID = re.compile(r"([\w.-]+\.jsonl), \d+ lines, SHA-256 ([0-9a-f]{64})")


class Unproved(Exception):
    """An archive is missing or is not what was sealed; the text is a sentence that names it."""


def folder() -> Path:
    """Where the archives lie; made on first use, for the owner alone."""
    path = settings.current().data_dir / "archive"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write(job: Job, lines: list[StatusLog]) -> str:
    """Write this history to its file, safely on disk; returns the note of the line that is to seal it.

    The same history makes the same file: what a crash has left behind is written over by its like.
    """
    content = "".join(json.dumps(_out(line, job), ensure_ascii=False) + "\n" for line in lines).encode()
    path = folder() / f"{job.display_id}-{lines[-1].id}.jsonl"
    durable.write(path, content)
    return NOTE.format(name=path.name, number=len(lines), sha256=hashlib.sha256(content).hexdigest())


def unfolded(job: Job, history: Iterable[StatusLog]) -> Iterator[StatusLog]:
    """The history, oldest line first, with what its sealing lines put away; raises Unproved at a faulty archive."""
    lines = iter(history)
    first = next(lines, None)
    if first is None:
        return
    if first.action == "archive" and first.previous_hash:
        yield from unfolded(job, _sealed_by(first, job))
    yield from chain([first], lines)


def whole(session: Session, job: Job) -> list[StatusLog]:
    """All lines of a job's history; without those in an archive when that cannot prove itself."""
    lines = StatusLog.of(session, job)
    try:
        return list(unfolded(job, lines))
    except Unproved:
        return lines


def _sealed_by(seal: StatusLog, job: Job) -> list[StatusLog]:
    said = _SAID.fullmatch(seal.note or "")
    if said is None or seal.hash != signatures.of_line(seal, job):
        raise Unproved(f"line {seal.id} was changed")
    name, sha256 = said.groups()
    try:
        content = (folder() / name).read_bytes()
    except OSError:
        raise Unproved(f"its archive {name} is missing") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Unproved(f"its archive {name} was changed")
    return [_in(json.loads(line)) for line in content.splitlines()]


def _out(line: StatusLog, job: Job) -> dict[str, object]:
    return {
        "order": job.display_id,
        "jobId": line.job_id,
        "id": line.id,
        "action": line.action,
        "oldStatus": line.old_status,
        "newStatus": line.new_status,
        "changedBy": line.changed_by,
        "note": line.note,
        "createdAt": line.created_at.isoformat(),
        "previousHash": line.previous_hash,
        "hash": line.hash,
    }


def _in(said: dict[str, Any]) -> StatusLog:
    return StatusLog(
        job_id=said["jobId"],
        id=said["id"],
        action=said["action"],
        old_status=Status(said["oldStatus"]) if said["oldStatus"] else None,
        new_status=Status(said["newStatus"]),
        changed_by=said["changedBy"],
        note=said["note"],
        created_at=datetime.fromisoformat(said["createdAt"]),
        previous_hash=said["previousHash"],
        hash=said["hash"],
    )
