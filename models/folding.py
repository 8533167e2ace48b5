"""Folding: what people type, as searches and lists compare it, the same on every database.

Neither database knows all capitals (SQLite those of a to z, PostgreSQL what its locale happens to know), so what is
searched or sorted is stored a second time, folded by Python: capitals, accents and ways of writing make no difference.
"""

import re
import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Text, event
from sqlmodel import SQLModel

_ACCENTS = re.compile("[\u0300-\u036f]")  # those of Latin, Greek and Cyrillic; elsewhere a mark makes another word
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})

FOLDED = Text().with_variant(Text(collation="C"), "postgresql")
"""The column type of what is folded; both databases sort it alike."""


def folded(text: str) -> str:
    """The text without capitals and accents, in one way of writing: `Straße` and `STRASSE` are the same then."""
    small = unicodedata.normalize("NFKD", text).casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", small)).translate(_LETTERS)


def has(column: ColumnElement[str] | Any, word: str) -> ColumnElement[bool]:
    """The condition that a folded column has this word in any place, taken literally."""
    return column.contains(folded(word), autoescape=True)


def keep_folded(table: type[SQLModel], source: str, copy: str) -> None:
    """Have a column follow another one, folded, whenever a row is written."""

    def fold(_mapper: object, _connection: object, row: Any) -> None:
        setattr(row, copy, folded(getattr(row, source)))

    event.listen(table, "before_insert", fold)
    event.listen(table, "before_update", fold)
