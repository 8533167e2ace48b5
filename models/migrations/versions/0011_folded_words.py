"""What is searched and sorted, folded, so that every database knows the capitals of every script."""

import sqlalchemy as sa
from alembic import op

from models.folding import FOLDED, folded

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = {"jobs": "title", "users": "name", "letters": "subject"}
AT_ONCE = 1000


def upgrade() -> None:
    for table, source in COLUMNS.items():
        copy = f"{source}_folded"
        op.add_column(table, sa.Column(copy, FOLDED, nullable=False, server_default=""))
        fill(table, source, copy)


def fill(table: str, source: str, copy: str) -> None:
    """Fold what stands in one column into another."""
    rows = sa.table(table, sa.column("id"), sa.column(source), sa.column(copy))
    fold = sa.update(rows).where(rows.c.id == sa.bindparam("row")).values({copy: sa.bindparam("words")})
    there, last = op.get_bind(), 0
    some = sa.select(rows.c.id, rows.c[source]).order_by(rows.c.id).limit(AT_ONCE)
    while found := there.execute(some.where(rows.c.id > last)).all():
        there.execute(fold, [{"row": key, "words": folded(words)} for key, words in found])
        last = found[-1][0]
