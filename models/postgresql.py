"""PostgreSQL's driver, which waits for no answer without end: its server may stand still, or the line to it be cut."""

from typing import Any, cast

import psycopg
from psycopg.errors import _WaitTimeout
from sqlalchemy import URL, Connection, Engine, create_engine, event

SILENCE = 15.0
"""Seconds that a statement may take; the server ends it then, and if it does not even do that, we hang up."""

CONNECT = 5.0
"""Seconds to get a connection, and for what was sent to arrive."""

IDLE = 60.0
"""Seconds that a process of ours may stand still in the middle of a change before the others need wait no longer."""


class Impatient(psycopg.Connection[Any]):
    """A connection that is given up when the server says nothing; `patience` is in seconds, None is without end."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; raises OperationalError when none comes."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except _WaitTimeout:
            self.pgconn.finish()  # what it would say now nobody can tell from the answer to something else
            raise


def engine(url: URL, lock_seconds: float) -> Engine:
    """Connections to this server; a change waits so many seconds for the lock of others."""
    spans = {
        "lock_timeout": lock_seconds,
        "statement_timeout": SILENCE,
        "idle_in_transaction_session_timeout": IDLE,
    }
    made = create_engine(
        url,
        pool_size=10,
        max_overflow=30,
        pool_timeout=lock_seconds,
        pool_pre_ping=True,
        connect_args={
            "options": " ".join(f"-c {name}={seconds * 1000:.0f}" for name, seconds in spans.items()),
            "connect_timeout": f"{CONNECT:.0f}",
            "tcp_user_timeout": f"{CONNECT * 1000:.0f}",
            "keepalives_idle": "10",
            "keepalives_interval": "3",
            "keepalives_count": "3",
        },
    )
    event.listen(made, "do_connect", _connect)
    return made


def _connect(_dialect: object, _record: object, args: tuple[Any, ...], parts: dict[str, Any]) -> Impatient:
    connection = Impatient.connect(*args, **parts)
    connection.patience = SILENCE + 1
    return connection


def take_time(connection: Connection) -> None:
    """Let this connection's statements take as long as they do; afterwards, nobody gets it again."""
    cast(Impatient, connection.connection.driver_connection).patience = None
    connection.detach()
    connection.exec_driver_sql("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
