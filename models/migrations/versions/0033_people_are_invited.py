"""People are invited: some mailed links are invitations, and an account knows since when it waits for its person."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("invited_at", models.columns.Moment(timezone=True), nullable=True))
    op.add_column("mailed_links", sa.Column("invites", sa.Boolean(), nullable=False, server_default=sa.false()))
