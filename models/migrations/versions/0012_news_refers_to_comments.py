"""News of a comment refers to it; what was copied into older news is taken out."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COPIED = re.compile(r'(Order ".*?": \S+ (?:wrote|mentioned you)): .*', re.DOTALL)

COPIED_LINE = re.compile(r'^(.*Order ".*?": \S+ (?:wrote|mentioned you)): .*$', re.MULTILINE)


def upgrade() -> None:
    with op.batch_alter_table("notifications") as table:
        table.add_column(sa.Column("comment_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_notifications_comment_id"), "comments", ["comment_id"], ["id"])
        table.create_index(op.f("ix_notifications_comment_id"), ["comment_id"])
    refer(op.get_bind())
    refer_in_letters(op.get_bind())


def refer(to: sa.Connection) -> None:
    """The comment that a line tells of is the last of its order that was there: both were written together."""
    lines = to.execute(
        sa.text(
            "SELECT n.id, n.message, (SELECT max(c.id) FROM comments c WHERE c.job_id = n.job_id "
            "AND c.created_at <= n.created_at) FROM notifications n WHERE n.type = 'comment_added'"
        )
    ).all()
    for key, message, comment in lines:
        copied = COPIED.fullmatch(message)
        if comment and copied:
            changed = {"key": key, "message": copied[1], "comment": comment}
            to.execute(
                sa.text("UPDATE notifications SET message = :message, comment_id = :comment WHERE id = :key"), changed
            )


def refer_in_letters(to: sa.Connection) -> None:
    """Letters that wait repeat no comment either; in them, each message is a line."""
    letters = sa.text("SELECT id, body FROM letters WHERE delivery = 'waiting' AND type IN ('comment_added', 'digest')")
    for key, body in to.execute(letters).all():
        changed = {"key": key, "body": COPIED_LINE.sub(r"\1: read it on the order’s page.", body)}
        to.execute(sa.text("UPDATE letters SET body = :body WHERE id = :key"), changed)


def downgrade() -> None:
    with op.batch_alter_table("notifications") as table:
        table.drop_index(op.f("ix_notifications_comment_id"))
        table.drop_constraint(op.f("fk_notifications_comment_id"), type_="foreignkey")
        table.drop_column("comment_id")
