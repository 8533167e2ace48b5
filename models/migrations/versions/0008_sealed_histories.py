"""Histories that are archived and sealed, and read news that is cleared."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

HAS_LEAVE = (
    "EXISTS (SELECT 1 FROM sealings JOIN job_status_logs AS seal ON seal.id = sealings.seal_id "
    "WHERE sealings.job_id = OLD.job_id AND seal.job_id = OLD.job_id AND seal.action = 'archive' AND OLD.id < seal.id)"
)
REFUSAL = "the history of a job cannot be changed"


def upgrade() -> None:
    op.create_table(
        "sealings",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("never", sa.Integer(), nullable=False),
        sa.CheckConstraint("never = 0 AND job_id > 0", name=op.f("ck_sealings_never")),
        sa.ForeignKeyConstraint(
            ["never"],
            ["sealings.job_id"],
            name=op.f("fk_sealings_never"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_sealings")),
    )
    op.create_index(op.f("ix_notifications_created_at"), "notifications", ["created_at"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER job_status_logs_no_delete")
        op.execute(
            f"CREATE TRIGGER job_status_logs_no_delete BEFORE DELETE ON job_status_logs WHEN NOT {HAS_LEAVE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    else:
        op.execute("DROP TRIGGER job_status_logs_no_change ON job_status_logs")
        op.execute(
            "CREATE TRIGGER job_status_logs_no_change BEFORE UPDATE OR TRUNCATE ON job_status_logs "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history()"
        )
        op.execute(
            "CREATE FUNCTION refuse_deletion_of_history() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {HAS_LEAVE} THEN RETURN OLD; END IF; RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER job_status_logs_no_deletion BEFORE DELETE ON job_status_logs "
            "FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_history()"
        )
