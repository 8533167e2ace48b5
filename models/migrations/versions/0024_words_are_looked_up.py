"""An index of each three letters in a row of titles and numbers, by which orders are found that have a word."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WORDS = "{}.title_folded || ' ' || lower({}.display_id)"
NEW, OLD = WORDS.format("new", "new"), WORDS.format("old", "old")
ADD = f"INSERT INTO job_words (rowid, words) VALUES (new.id, {NEW});"  # noqa: S608 - ours alone
TAKE = f"INSERT INTO job_words (job_words, rowid, words) VALUES ('delete', old.id, {OLD});"  # noqa: S608 - ours alone

SQLITE = (
    "CREATE VIRTUAL TABLE job_words USING fts5(words, content='', tokenize='trigram')",
    "INSERT INTO job_words (rowid, words) SELECT id, title_folded || ' ' || lower(display_id) FROM jobs",
    f"CREATE TRIGGER job_words_added AFTER INSERT ON jobs BEGIN {ADD} END",
    f"CREATE TRIGGER job_words_changed AFTER UPDATE OF title_folded, display_id ON jobs BEGIN {TAKE} {ADD} END",
    f"CREATE TRIGGER job_words_gone AFTER DELETE ON jobs BEGIN {TAKE} END",
)
POSTGRESQL = (
    "CREATE FUNCTION docket_grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    "$$ SELECT array_agg(DISTINCT substr(words, i, 3)) FROM generate_series(1, length(words) - 2) AS i $$",
    "CREATE INDEX ix_jobs_words ON jobs USING gin (docket_grams(title_folded || ' ' || lower(display_id)))",
)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(statement)
