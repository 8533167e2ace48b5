"""Comments and files are counted by who brought them and when, so that an hour has a limit."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_comments_author_id_created_at", "comments", ["author_id", "created_at"])
    op.create_index("ix_files_uploaded_by_created_at", "files", ["uploaded_by", "created_at"])
