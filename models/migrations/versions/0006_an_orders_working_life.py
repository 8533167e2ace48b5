"""An order's working life: kinds of work, drafts, public orders, preferences, reminders, receipts."""

import sqlalchemy as sa
from alembic import op

import models.columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("unit", sa.String(30), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("per", sa.Integer(), nullable=False),
        sa.Column("usual_days", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_types")),
        sa.UniqueConstraint("name", name=op.f("uq_work_types_name")),
    )
    op.create_table(
        "draft_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stored_as", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_draft_files_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_files")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_draft_files_stored_as")),
    )
    op.create_index(op.f("ix_draft_files_user_id"), "draft_files", ["user_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("updated_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "mailed_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("used_at", models.columns.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mailed_links_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_links")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_mailed_links_key_hash")),
    )
    op.create_index(op.f("ix_mailed_links_user_id"), "mailed_links", ["user_id"], unique=False)
    op.create_table(
        "preferences",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(30), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "in_app", "at_once", "digest", "off", name="way", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_preferences_user_id")),
        sa.PrimaryKeyConstraint("user_id", "type", name=op.f("pk_preferences")),
    )
    op.create_table(
        "mutes",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_mutes_job_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mutes_user_id")),
        sa.PrimaryKeyConstraint("user_id", "job_id", name=op.f("pk_mutes")),
    )
    op.create_table(
        "order_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_order_requests_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_requests")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_order_requests_key_hash")),
    )
    op.create_index(op.f("ix_order_requests_created_at"), "order_requests", ["created_at"], unique=False)
    op.create_index(op.f("ix_order_requests_email"), "order_requests", ["email"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("created_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_receipts_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code", name=op.f("uq_receipts_code")),
        sa.UniqueConstraint("job_id", name=op.f("uq_receipts_job_id")),
    )
    op.create_table(
        "reminders",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("due_at", models.columns.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_reminders_job_id")),
        sa.PrimaryKeyConstraint("job_id", "kind", "due_at", name=op.f("pk_reminders")),
    )
    op.add_column("agency", sa.Column("logo", sa.LargeBinary(), nullable=True))
    op.add_column(
        "files", sa.Column("media_type", sa.String(100), nullable=False, server_default="application/octet-stream")
    )
    op.add_column("jobs", sa.Column("answers", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("jobs", sa.Column("writer_deadline", models.columns.Moment(timezone=True), nullable=True))
    op.add_column("jobs", sa.Column("held_at", models.columns.Moment(timezone=True), nullable=True))
    op.add_column("jobs", sa.Column("quiet_since", models.columns.Moment(timezone=True), nullable=True))
    op.create_index(op.f("ix_jobs_writer_deadline"), "jobs", ["writer_deadline"], unique=False)
    op.add_column("notifications", sa.Column("in_digest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("rules", sa.Column("public_orders", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("users", sa.Column("digest_hour", sa.Integer(), nullable=False, server_default="8"))
    op.add_column("users", sa.Column("digest_on", sa.Date(), nullable=True))
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
    op.execute("UPDATE jobs SET quiet_since = delivered_at WHERE status = 'delivered'")
    op.execute("UPDATE jobs SET held_at = updated_at WHERE hold_reason IS NOT NULL")
