"""A claim on a letter belongs to a process, and holds as long as that one lives."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("seen_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_processes")),
    )
    op.create_index(op.f("ix_processes_seen_at"), "processes", ["seen_at"])
    op.add_column("letters", sa.Column("claimed_by", sa.String(32), nullable=True))
    op.drop_column("letters", "claimed_until")
