"""Whom a hold waits for, and of what the client of an order has heard last; of what was before, nothing is known."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("held_for", sa.String(length=10), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("latest", sa.String(length=30), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("latest_at", models.columns.Moment(timezone=True), nullable=True))
