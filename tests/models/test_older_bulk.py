"""Bulk operations from before their outcomes had the domain's words are read as ever."""

from importlib import import_module

from models.bulk import BulkOperation, Outcome
from models.status import Status
from tests.desk import Desk

migration = import_module("models.migrations.versions.0019_plain_words")

EARLIER = [
    {"orderId": 1, "success": True, "previousStatus": "pending", "newStatus": "approved"},
    {"orderId": 2, "success": False, "error": "There is no such order.", "code": "JOB_NOT_FOUND"},
]


def test_older_operations_are_read(desk: Desk) -> None:
    ada = desk.who("ada").key
    with desk.database.writing() as session:
        session.add(BulkOperation(id=1, made_by=ada, new_status=Status.approved, results=EARLIER))

    with desk.database.writer.begin() as connection:
        migration.in_plain_words(connection)

    with desk.database.reading() as session:
        assert session.get_one(BulkOperation, 1).outcomes == [
            Outcome(1, Status.pending, Status.approved),
            Outcome(2, error="There is no such order.", code="JOB_NOT_FOUND"),
        ]
