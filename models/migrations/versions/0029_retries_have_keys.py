"""What a request under an Idempotency-Key was answered, for whoever sends it again."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "first_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_first_answers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_answers")),
        sa.UniqueConstraint("user_id", "key", name="uq_first_answers_user_id_key"),
    )
    op.create_index(op.f("ix_first_answers_created_at"), "first_answers", ["created_at"])
