"""The end of a sign-in raises the stamp as a change of people does: a change asks for it without a statement more."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

RAISE = "UPDATE stamps SET version = version + 1"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER sign_ins_stamp_{verb.lower()} AFTER {verb} ON sign_ins BEGIN {RAISE}; END")
        return
    op.execute(
        "CREATE TRIGGER sign_ins_stamp AFTER UPDATE OR DELETE OR TRUNCATE ON sign_ins "
        "FOR EACH STATEMENT EXECUTE FUNCTION raise_stamp()"
    )
