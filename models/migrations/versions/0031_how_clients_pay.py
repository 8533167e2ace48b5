"""How clients pay: the agency's words, and the account for a SEPA transfer."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agency", sa.Column("pay_words", sa.String(), nullable=False, server_default=""))
    op.add_column("agency", sa.Column("iban", sa.String(length=34), nullable=False, server_default=""))
    op.add_column("agency", sa.Column("account_holder", sa.String(length=70), nullable=False, server_default=""))
