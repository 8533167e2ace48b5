"""Files that were withdrawn, payments that take back others."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("withdrawn_at", models.columns.Moment(timezone=True), nullable=True))
    with op.batch_alter_table("payments") as payments:
        payments.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        payments.create_foreign_key(op.f("fk_payments_reverses_id"), "payments", ["reverses_id"], ["id"])
        payments.create_unique_constraint(op.f("uq_payments_reverses_id"), ["reverses_id"])
