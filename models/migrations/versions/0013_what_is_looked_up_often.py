"""Indexes for what is asked every other second, and for the latest departures from a status."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_letters_next_try_at"), "letters")
    op.create_index(op.f("ix_letters_delivery_next_try_at"), "letters", ["delivery", "next_try_at"])
    op.create_index(op.f("ix_job_status_logs_old_status"), "job_status_logs", ["old_status"])
