"""Words: which orders have words in their title or number, found by an index of each three letters in a row.

SQLite keeps it as a table of its own, with triggers; PostgreSQL over the table itself (see migration 0024).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, or_, text
from sqlmodel import Integer, Session, col, column

from models import database
from models.folding import folded, has
from models.job import Job

LETTERS = 3
"""So many letters in a row are looked up; for a shorter word all orders are looked through."""

_IN_SQLITE = "SELECT rowid AS id FROM job_words WHERE job_words MATCH :words"
_GRAMS = "docket_grams(title_folded || ' ' || lower(display_id))"
_IN_POSTGRESQL = f"SELECT id FROM jobs WHERE {_GRAMS} @> docket_grams(:words)"  # noqa: S608 - ours alone


def in_title_or_number(word: str) -> Any:
    """The condition on jobs that have this word there, in any place, taken literally."""
    return or_(has(Job.title_folded, word), col(Job.display_id).icontains(word, autoescape=True))


def jobs_with(session: Session, words: Sequence[str]) -> Any:
    """The condition on jobs that have all of these there, for as few as there are: they are looked up."""
    is_sqlite = database.is_sqlite(session)
    long = [word for word in words if len(folded(word)) >= LETTERS]
    read = [in_title_or_number(word) for word in words if not is_sqlite or word not in long]
    if not long:
        return and_(*read)
    said = " ".join('"' + folded(word).replace('"', '""') + '"' for word in long) if is_sqlite else max(long, key=len)
    asked = text(_IN_SQLITE if is_sqlite else _IN_POSTGRESQL)
    ids = asked.bindparams(bindparam("words", said if is_sqlite else folded(said), unique=True))
    return and_(col(Job.id).in_(ids.columns(column("id", Integer))), *read)
