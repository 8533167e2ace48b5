"""Receipts: what a client signed off is sealed with the completion, and proved unchanged afterwards."""

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

import settings
from models.agency import Agency
from models.file import File, Kind
from models.job import Job
from models.receipt import Receipt
from models.status_log import StatusLog
from models.user import Role, User
from workflow.history import archives, signatures
from workflow.storage import disk

NO_FILES = "No final file was with the order when it was signed off."

CHANGED = "The words of the receipt were changed after it was issued, or it is not ours."


@dataclass(frozen=True)
class Finding:
    """One part of a receipt that was looked at: whether it still fits, and that in a sentence."""

    fits: bool
    sentence: str


def is_due(job: Job, action: str, by: User | None) -> bool:
    """Whether this is the order's completion by its own client, who gets a receipt for that."""
    return action == "complete" and by is not None and by.id == job.client_id


def issue(session: Session, job: Job, line: StatusLog) -> Receipt:
    """Write the receipt of this completion, in its transaction."""
    receipt = Receipt(job_id=job.key, code=secrets.token_urlsafe(24), content=_content(session, job, line), seal="")
    receipt.created_at = line.created_at
    receipt.seal = signatures.of_receipt(receipt)
    session.add(receipt)
    return receipt


def _content(session: Session, job: Job, line: StatusLog) -> dict[str, Any]:
    agency, versions = Agency.get(session), File.versions(session, job)
    return {
        "agency": agency.name if agency else "",
        "number": job.display_id,
        "title": job.title,
        "client": job.client.name,
        "clientEmail": job.client.email,
        "writer": job.writer.first_name if job.writer else "",
        "completedAt": (job.completed_at or line.created_at).astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "files": [_signed(each, versions[each.key]) for each in signed_off(session, job)],
        "historyHash": line.hash,
    }


def signed_off(session: Session, job: Job) -> list[File]:
    """What a client signs off: of each name the newest final file, of those since the last request if there are any."""
    finals = [file for file in File.of(session, job, job.client) if file.kind is Kind.final and not file.deleted_at]
    asked = job.revision_requested_at
    of_this_round = [file for file in finals if asked is None or file.created_at > asked]
    return list({file.version_of: file for file in of_this_round or finals}.values())


def _signed(file: File, version: int) -> dict[str, Any]:
    return {"id": file.key, "name": file.name, "version": version, "size": file.size, "sha256": file.sha256}


def named(signed: dict[str, Any]) -> str:
    """A file that was signed off, with its version when it is not the first."""
    version = signed.get("version", 1)  # older receipts name none
    return signed["name"] if version == 1 else f"{signed['name']}, version {version}"


def address(receipt: Receipt) -> str:
    """The link by which anybody who has it can verify the receipt."""
    return f"{settings.current().public_url}/receipts/{receipt.code}"


def of_job(session: Session, job: Job, reader: User) -> Receipt | None:
    """The receipt of an order for its client and staff; writers have no part in it."""
    return None if reader.role is Role.writer else Receipt.of(session, job.key)


def completed_at(receipt: Receipt) -> datetime:
    """When the client completed the order, as the receipt says (UTC)."""
    return datetime.fromisoformat(receipt.content["completedAt"])


def moment(then: datetime) -> str:
    """A moment in words that are the same for everybody: `25 Nov 2026, 14:03 UTC`."""
    return f"{then.day} {then:%b %Y, %H:%M} UTC"


def facts(receipt: Receipt) -> list[tuple[str, str]]:
    """What the receipt says of people and times: a name, and the words for it."""
    content = receipt.content
    return [
        ("Signed off by", f"{content['client']} ({content['clientEmail']})"),
        ("On", moment(completed_at(receipt))),
        ("Work by", content["writer"]),
    ]


def verify(session: Session, receipt: Receipt) -> list[Finding]:
    """Look at the seal, the order's history and every file (see `storage.sha256`); one finding for each."""
    if not is_sealed(receipt):
        return [Finding(False, CHANGED)]
    findings = [Finding(True, "The receipt says what it said when it was issued.")]
    findings.append(_history(session, receipt))
    return findings + [_file(session, receipt, each) for each in receipt.content["files"]]


def is_sealed(receipt: Receipt) -> bool:
    """Whether the receipt still says, word for word, what this installation sealed."""
    return hmac.compare_digest(receipt.seal.encode(), signatures.of_receipt(receipt).encode())


def _history(session: Session, receipt: Receipt) -> Finding:
    content, job = receipt.content, session.get(Job, receipt.job_id)
    if job and any(_says_so(line, job, content["historyHash"]) for line in archives.whole(session, job)):
        return Finding(True, f"The history of {content['number']} says that its client completed it then.")
    return Finding(
        False, f"The history of {content['number']} does not say any more that its client completed it then."
    )


def _says_so(line: StatusLog, job: Job, sealed: str) -> bool:
    """Whether this is the line that was sealed; it says its order's number, and that the order was completed."""
    return {line.hash, signatures.of_line(line, job)} == {sealed} and line.changed_by == job.client_id


def _file(session: Session, receipt: Receipt, signed: dict[str, Any]) -> Finding:
    name, file = signed["name"], session.get(File, signed["id"])
    if file is None or file.job_id != receipt.job_id:
        return Finding(False, f"{name}: its record is gone.")
    if (file.name, file.size, file.sha256) != (name, signed["size"], signed["sha256"]):
        return Finding(False, f"{name}: its record was changed.")
    if file.withdrawn_at:
        return Finding(True, f"{name} was removed after the completion; its SHA-256 is kept here.")
    if file.deleted_at:
        return Finding(True, f"{name} was deleted by schedule after the completion; its SHA-256 is kept here.")
    found = disk.sha256(file.stored_as)
    if found is None:
        return Finding(False, f"{name} is missing on the server.")
    if found != signed["sha256"]:
        return Finding(False, f"{name}: its content was changed.")
    return Finding(True, f"{name} is byte for byte the file that was signed off.")


def faults(session: Session) -> Iterator[str]:
    """Walk every receipt; one sentence for each that does not fit, and for each that is missing.

    Completions from before the oldest receipt are left alone: then there were none, and nobody can tell more.
    """
    receipts = session.exec(select(Receipt).order_by(col(Receipt.id))).all()
    for receipt in receipts:
        wrong = [finding.sentence for finding in verify(session, receipt) if not finding.fits]
        job = session.get(Job, receipt.job_id)
        owner = job.display_id if job else f"receipt {receipt.id}"
        yield from (f"{owner}: receipt: {sentence}" for sentence in wrong)
    if receipts:
        yield from _missing(session, min(receipt.created_at for receipt in receipts))


def _missing(session: Session, since: datetime) -> Iterator[str]:
    completed = select(Job).join(StatusLog, col(StatusLog.job_id) == col(Job.id))
    completed = completed.where(StatusLog.action == "complete", col(StatusLog.created_at) >= since)
    by_client = completed.where(col(StatusLog.changed_by) == col(Job.client_id))
    without = by_client.where(col(Job.id).not_in(select(Receipt.job_id))).order_by(col(Job.id))
    yield from (f"{job.display_id}: its receipt is missing" for job in session.exec(without))
