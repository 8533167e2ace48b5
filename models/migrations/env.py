"""Alembic's entry: runs the migrations on the database of this process."""

import warnings
from typing import Any, Literal

from alembic import context
from sqlalchemy import inspect, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models
import settings
from models import database
from models.identity import EARLIER, OURS, VERSIONS
from models.schema import is_compared

assert models.Job  # every table must be known before the metadata is compared


for each in ("Skipped unsupported reflection of expression-based index", "autogenerate skipping"):
    warnings.filterwarnings("ignore", each)  # SQLite tells of no index of an expression; a test asks for each by name


def plain(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """How a new migration writes SQLModel's string type: as SQLAlchemy's own."""
    return f"sa.String({item.length or ''})" if kind == "type" and isinstance(item, AutoString) else False


def run() -> None:
    """Migrate the connection that `schema.migrate` hands over, or from the command line the configured database."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        connection = database.use(settings.current().database).writer.connect()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=plain,
        include_name=is_compared,
        version_table=VERSIONS,
    )
    with context.begin_transaction():
        if (tables := set(inspect(connection).get_table_names())) & {VERSIONS, EARLIER} == {EARLIER} and OURS in tables:
            connection.execute(text(f"ALTER TABLE {EARLIER} RENAME TO {VERSIONS}"))
        context.run_migrations()
    connection.commit()


run()
