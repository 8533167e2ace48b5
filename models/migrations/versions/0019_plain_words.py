"""A preference names a channel; bulk operations keep their outcomes in the words of the domain."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

CHANNELS = ("in_app", "at_once", "digest", "off")
NAMES = {
    "order_id": "orderId",
    "old_status": "previousStatus",
    "new_status": "newStatus",
    "error": "error",
    "code": "code",
}


def upgrade() -> None:
    with op.batch_alter_table("preferences") as preferences:
        preferences.drop_constraint(op.f("ck_preferences_way"), type_="check")
        preferences.alter_column("way", new_column_name="channel")
        preferences.create_check_constraint(op.f("ck_preferences_channel"), sa.column("channel").in_(CHANNELS))
    in_plain_words(op.get_bind())


def in_plain_words(connection: sa.Connection) -> None:
    """Rename what the results of older operations call things."""
    operations = sa.table("bulk_operations", sa.column("id"), sa.column("results", sa.JSON))
    for key, results in connection.execute(sa.select(operations.c.id, operations.c.results)).all():
        plain = [{name: line.get(earlier) for name, earlier in NAMES.items()} for line in results]
        connection.execute(sa.update(operations).where(operations.c.id == key).values(results=plain))
