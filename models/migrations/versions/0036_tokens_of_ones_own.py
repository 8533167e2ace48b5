"""Tokens that people make for their programs; the end of one raises the stamp, as that of a sign-in does."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

RAISE = "UPDATE stamps SET version = version + 1"


def upgrade() -> None:
    moment = models.columns.Moment(timezone=True)
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("may_write", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=True),
        sa.Column("expires_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_tokens_key_hash")),
    )
    op.create_index(op.f("ix_api_tokens_user_id"), "api_tokens", ["user_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER api_tokens_stamp_delete AFTER DELETE ON api_tokens BEGIN {RAISE}; END")
        return
    op.execute(
        "CREATE TRIGGER api_tokens_stamp AFTER DELETE OR TRUNCATE ON api_tokens "
        "FOR EACH STATEMENT EXECUTE FUNCTION raise_stamp()"
    )
