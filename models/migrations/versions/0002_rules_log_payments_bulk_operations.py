"""Rules log, payments, bulk operations."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk_operations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column(
            "new_status",
            sa.Enum(
                "pending",
                "approved",
                "assigned",
                "in_progress",
                "editing",
                "delivered",
                "revision",
                "revision_pending",
                "completed",
                "cancelled",
                name="new_status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("atomic", sa.Boolean(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("finished_at", models.columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_bulk_operations_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_operations")),
    )
    op.create_index(op.f("ix_bulk_operations_made_by"), "bulk_operations", ["made_by"], unique=False)
    op.create_table(
        "rule_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("old", sa.String(40), nullable=False),
        sa.Column("new", sa.String(40), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_rule_changes_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_changes")),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_payments_job_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_payments_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    op.create_index(op.f("ix_payments_job_id"), "payments", ["job_id"], unique=False)
    op.add_column("jobs", sa.Column("is_refunded", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("notifications") as notifications:
        notifications.add_column(sa.Column("bulk_id", sa.Integer(), nullable=True))
        notifications.create_foreign_key("fk_notifications_bulk_id", "bulk_operations", ["bulk_id"], ["id"])
    op.execute(
        "INSERT INTO rules (id, deposit_first, deposit_percent, paid_before_completion, editing_is_required, "
        "file_before_delivery, writers_may_claim) "
        "SELECT 1, FALSE, 50, FALSE, FALSE, FALSE, FALSE WHERE NOT EXISTS (SELECT 1 FROM rules)"
    )
