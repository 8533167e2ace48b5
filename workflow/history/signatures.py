"""Signatures: HMAC-SHA-256, keyed with the installation's secret, over what must not change unseen."""

import hashlib
import hmac
import json
from typing import Any

import settings
from models.desk_log import DeskLog
from models.job import Job
from models.receipt import Receipt
from models.status_log import StatusLog


def of_line(line: StatusLog, job: Job) -> str:
    """The seal over all that a line of a history says, and the hash before it."""
    said = [job.display_id, line.action, line.old_status, line.new_status, line.changed_by, line.note]
    return sealed(json.dumps([*said, line.created_at.isoformat(), line.previous_hash]))


def of_desk_line(line: DeskLog) -> str:
    """The seal over all that a line of the desk's own log says, and the hash before it."""
    said = ["desk", line.kind, line.actor_id, line.about_id, line.detail]
    return sealed(json.dumps([*said, line.created_at.isoformat(), line.previous_hash]))


def of_receipt(receipt: Receipt) -> str:
    """The seal over a receipt's content, bound to its address and its order, so that no two can change places."""
    said: list[Any] = ["receipt", receipt.code, receipt.job_id, receipt.content]
    return sealed(json.dumps(said, sort_keys=True, separators=(",", ":")))


def sealed(text: str) -> str:
    """The keyed hash of a text, in hexadecimal: only this installation can make it."""
    return hmac.new(settings.current().secret, text.encode(), hashlib.sha256).hexdigest()
