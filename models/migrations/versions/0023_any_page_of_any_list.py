"""Indexes for every order in which jobs, news, letters and people are listed, and for what they are listed by."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

EARLIER = ("status", "client_id", "writer_id")
JOBS = (
    ("status", "id"),
    ("client_id", "id"),
    ("client_id", "status", "id"),
    ("writer_id", "status", "id"),
    ("updated_at", "id"),
    ("title_folded", "id"),
    ("amount", "id"),
    ("created_at", "id"),
)


def upgrade() -> None:
    for column in EARLIER:
        op.drop_index(op.f(f"ix_jobs_{column}"), "jobs")
    for columns in JOBS:
        op.create_index(op.f(f"ix_jobs_{'_'.join(columns)}"), "jobs", list(columns))
    op.create_index("ix_jobs_deadline_or_never", "jobs", [sa.text("coalesce(deadline, 'infinity')"), "id"])
    op.create_index(op.f("ix_notifications_user_id_type_id"), "notifications", ["user_id", "type", "id"])
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["user_id", "id"],
        sqlite_where=sa.text("read = 0"),
        postgresql_where=sa.text("NOT read"),
    )
    op.create_index(op.f("ix_letters_delivery_id"), "letters", ["delivery", "id"])
    op.drop_index(op.f("ix_users_role"), "users")
    op.create_index(op.f("ix_users_role_name_folded_name_id"), "users", ["role", "name_folded", "name", "id"])
