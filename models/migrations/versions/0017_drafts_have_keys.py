"""Each opening of the order form has a draft of its own."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("key", sa.String(32), nullable=True))
    op.add_column("draft_files", sa.Column("draft_key", sa.String(32), nullable=True))
    give_keys(op.get_bind())
    with op.batch_alter_table("drafts") as drafts:
        drafts.alter_column("key", existing_type=sa.String(32), nullable=False)
        drafts.drop_constraint(op.f("pk_drafts"), type_="primary")
        drafts.create_primary_key(op.f("pk_drafts"), ["user_id", "key"])
    with op.batch_alter_table("draft_files") as files:
        files.alter_column("draft_key", existing_type=sa.String(32), nullable=False)
        files.drop_constraint(op.f("fk_draft_files_user_id"), type_="foreignkey")
        whose, theirs = ["user_id", "draft_key"], ["user_id", "key"]
        files.create_foreign_key(op.f("fk_draft_files_user_id"), "drafts", whose, theirs, ondelete="CASCADE")


def downgrade() -> None:
    op.execute(
        "DELETE FROM drafts WHERE key <> (SELECT max(key) FROM drafts other WHERE other.user_id = drafts.user_id)"
    )
    with op.batch_alter_table("draft_files") as files:
        files.drop_constraint(op.f("fk_draft_files_user_id"), type_="foreignkey")
        files.create_foreign_key(op.f("fk_draft_files_user_id"), "users", ["user_id"], ["id"])
        files.drop_column("draft_key")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f("pk_drafts"), type_="primary")
        drafts.create_primary_key(op.f("pk_drafts"), ["user_id"])
        drafts.drop_column("key")


def give_keys(connection: sa.Connection) -> None:
    """A key for the draft of each user; files that lay alone have a draft too."""
    connection.execute(
        sa.text(
            "INSERT INTO drafts (user_id, content, updated_at) SELECT user_id, '{}', max(created_at) FROM draft_files"
            " WHERE user_id NOT IN (SELECT user_id FROM drafts) GROUP BY user_id"
        )
    )
    for user_id in connection.execute(sa.text("SELECT user_id FROM drafts")).scalars().all():
        given = {"user_id": user_id, "key": secrets.token_urlsafe(12)}
        connection.execute(sa.text("UPDATE drafts SET key = :key WHERE user_id = :user_id"), given)
        connection.execute(sa.text("UPDATE draft_files SET draft_key = :key WHERE user_id = :user_id"), given)
