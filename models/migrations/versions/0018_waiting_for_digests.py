"""What waits for a digest is found by an index that holds nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_notifications_in_digest",
        "notifications",
        ["user_id"],
        sqlite_where=sa.text("in_digest = 1"),
        postgresql_where=sa.text("in_digest"),
    )
