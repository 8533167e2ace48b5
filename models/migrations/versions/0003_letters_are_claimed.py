"""Letters are claimed."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("claimed_until", models.columns.Moment(timezone=True), nullable=True))
    op.add_column("letters", sa.Column("last_error", sa.String(500), nullable=True))
