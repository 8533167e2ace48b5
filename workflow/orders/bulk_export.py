"""A bulk operation's results as a file."""

from sqlmodel import Session, col, select

from models import database
from models.bulk import BulkOperation
from models.job import Job
from models.user import User
from workflow import access, budgets, export
from workflow.history import desk_log

HEAD = ["Order", "Title", "Success", "From", "To", "Error", "Code"]


def exported(bulk_id: int, kind: str, *, by: User) -> bytes | None:
    """The results of this operation as `csv` or `xlsx`; None when there is no such operation.

    Raises Forbidden or TooOften.
    """
    budgets.DOWNLOADS.spend(by.key)
    with database.writing() as session:
        access.only_staff(access.still_active(session, by), "export a bulk operation")
        operation = session.get(BulkOperation, bulk_id)
        if operation is None:
            return None
        desk_log.add(session, "export", by=by, detail=f"the results of bulk operation {bulk_id}")
        rows = _rows(session, operation)
    return export.csv_bytes(HEAD, rows) if kind == "csv" else export.xlsx_bytes(HEAD, rows)


def _rows(session: Session, operation: BulkOperation) -> list[list[object]]:
    ids = [line.order_id for line in operation.outcomes]
    known = {job.id: job for job in session.exec(select(Job).where(col(Job.id).in_(ids)))}
    return [
        [
            known[line.order_id].display_id if line.order_id in known else line.order_id,
            known[line.order_id].title if line.order_id in known else "",
            "yes" if line.success else "no",
            line.old_status or "",
            line.new_status or "",
            line.error or "",
            line.code or "",
        ]
        for line in operation.outcomes
    ]
