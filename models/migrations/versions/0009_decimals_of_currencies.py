"""Amounts in currencies that have other decimals than they were kept with: as much money as before, told rightly."""

import sqlalchemy as sa
from alembic import op
from babel.numbers import get_currency_precision

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ONCE = {"BHD": 3, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "KWD": 3, "TND": 3, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0}
"""The decimals that were known before; every other currency was kept with two."""

COLUMNS = [
    ("jobs", "amount", "currency = :currency"),
    ("jobs", "amount_paid", "currency = :currency"),
    ("payments", "amount", "job_id IN (SELECT id FROM jobs WHERE currency = :currency)"),
    ("work_types", "price", "EXISTS (SELECT 1 FROM agency WHERE currency = :currency)"),
]


WAITING = sa.table("order_requests", sa.column("id", sa.Integer), sa.column("content", sa.JSON), sa.column("job_id"))


def upgrade() -> None:
    used = sa.text("SELECT currency FROM jobs UNION SELECT currency FROM agency")
    for currency in op.get_bind().execute(used).scalars().all():
        more = get_currency_precision(currency) - ONCE.get(currency, 2)
        if more:
            _move(currency, more)
            _move_waiting(currency, more)


def _move(currency: str, places: int) -> None:
    for table, column, where in COLUMNS:
        moved = f"{column} * {10**places}" if places > 0 else f"CAST(ROUND({column} / {10**-places}.0) AS INTEGER)"
        changed = f"UPDATE {table} SET {column} = {moved} WHERE {where}"  # noqa: S608 - our own words  # nosec B608
        op.execute(sa.text(changed).bindparams(currency=currency))


def _move_waiting(currency: str, places: int) -> None:
    """What strangers have asked for and not confirmed yet, in the agency's currency."""
    database = op.get_bind()
    if database.execute(sa.text("SELECT currency FROM agency")).scalar() != currency:
        return
    for key, content, _ in database.execute(sa.select(WAITING).where(WAITING.c.job_id.is_(None))).all():
        moved = content | {"amount": round(content["amount"] * 10**places)}
        database.execute(sa.update(WAITING).where(WAITING.c.id == key).values(content=moved))
