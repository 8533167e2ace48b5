"""A stamp that rises with every change of people and rules, whoever makes it: what was read of them holds till then."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RAISE = "UPDATE stamps SET version = version + 1"


def upgrade() -> None:
    stamps = op.create_table(
        "stamps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamps")),
    )
    op.bulk_insert(stamps, [{"id": 1, "version": 1}])
    for table in ("users", "rules"):
        if op.get_bind().dialect.name == "sqlite":
            on_sqlite(table)
        else:
            on_postgresql(table)


def on_sqlite(table: str) -> None:
    for verb in ("INSERT", "UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_stamp_{verb.lower()} AFTER {verb} ON {table} BEGIN {RAISE}; END")


def on_postgresql(table: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION raise_stamp() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {RAISE}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION raise_stamp()"
    )
