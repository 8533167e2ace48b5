"""Decimals: amounts that were kept with too few or too many of them are the same money after the migration."""

from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from models import Agency, database
from tests.desk import Desk
from workflow.orders import payments, work_types
from workflow.orders.work_types import Offer

MIGRATION = import_module("models.migrations.versions.0009_decimals_of_currencies")


@pytest.mark.parametrize(
    "currency, before, after", [("PYG", 1_500_000, 15_000), ("JOD", 1_012, 10_120), ("EUR", 1_012, 1_012)]
)
def test_an_amount_stays_what_it_was(desk: Desk, currency: str, before: int, after: int) -> None:
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink", currency=currency))
    job = desk.job(amount=before)
    paid = payments.record(job.key, before, by=desk.who("bea"))
    kind = work_types.save(Offer("Article", price=before), by=desk.who("ada"))

    with desk.database.writer.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        MIGRATION.upgrade()

    job = desk.see(job)
    with database.reading() as session:
        ledger, listed = session.get_one(type(paid), paid.id), session.get_one(type(kind), kind.id)
        assert [job.amount, job.amount_paid, ledger.amount, listed.price] == [after] * 4
