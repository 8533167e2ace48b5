"""What a letter was refused for has a name; and that the server is away is said once, not by each letter."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_outages",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("ask_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("cause", sa.String(30), nullable=False),
        sa.Column("error", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outages")),
    )
    op.add_column("letters", sa.Column("cause", sa.String(30), nullable=True))
    # So far each failed connection counted as a try of every letter that waited.
    op.execute("UPDATE letters SET tries = 0, next_try_at = created_at WHERE delivery = 'waiting'")
