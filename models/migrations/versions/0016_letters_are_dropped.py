"""Letters that have no reason to go any more are dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATES = ("waiting", "sent", "given_up", "dropped")


def upgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        letters.drop_constraint(op.f("ck_letters_delivery"), type_="check")
        letters.create_check_constraint(op.f("ck_letters_delivery"), sa.column("delivery").in_(STATES))
