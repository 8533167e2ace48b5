"""A change of address waits until both mailboxes have confirmed it."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = models.columns.Moment(timezone=True)
    op.create_table(
        "address_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("old_key_hash", sa.String(length=64), nullable=False),
        sa.Column("new_key_hash", sa.String(length=64), nullable=False),
        sa.Column("old_confirmed_at", moment, nullable=True),
        sa.Column("new_confirmed_at", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_address_changes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_changes")),
        sa.UniqueConstraint("old_key_hash", name=op.f("uq_address_changes_old_key_hash")),
        sa.UniqueConstraint("new_key_hash", name=op.f("uq_address_changes_new_key_hash")),
    )
    op.create_index(op.f("ix_address_changes_user_id"), "address_changes", ["user_id"])
