"""The desk's own log: who came in, and what they changed, took out or let in."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

REFUSAL = "the desk''s log cannot be changed"


def upgrade() -> None:
    op.create_table(
        "desk_log_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_log_end")),
    )
    op.create_table(
        "desk_logs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["users.id"], name=op.f("fk_desk_logs_about_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_desk_logs_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_logs")),
    )
    op.create_index("ix_desk_logs_kind_id", "desk_logs", ["kind", "id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER desk_logs_no_{verb.lower()} BEFORE {verb} ON desk_logs "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION refuse_change_of_desk_log() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER desk_logs_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON desk_logs "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_desk_log()"
        )
