"""An agency's colour, and its first steps; an agency that is there already has made its own."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agency", sa.Column("colour", sa.String(length=20), nullable=False, server_default="pine"))
    op.add_column("agency", sa.Column("steps_put_aside", sa.Boolean(), nullable=False, server_default=sa.true()))
