"""Sign-ins know when they were used last and when they end in any case; browsers that came before are known."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = models.columns.Moment(timezone=True)
    op.add_column("sign_ins", sa.Column("used_at", moment, nullable=True))
    op.add_column("sign_ins", sa.Column("ends_at", moment, nullable=True))
    op.execute("UPDATE sign_ins SET used_at = created_at, ends_at = expires_at")
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("user_id", "key_hash", name="uq_devices_user_id_key_hash"),
    )
