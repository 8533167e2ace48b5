"""Sign-ins remember that they came by a mailed link."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_ins", sa.Column("by_link", sa.Boolean(), nullable=False, server_default=sa.false()))
