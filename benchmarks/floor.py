"""The floor: what the same write costs without a product around it: one update, one log, three notifications.

A bare FastAPI + SQLModel route with the product's own settings of SQLite (WAL, FULL, foreign keys, BEGIN IMMEDIATE),
or on PostgreSQL; `python -m benchmarks.floor PORT URL` serves it.
"""

import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

ORDERS = 64
"""So many orders wait to be moved."""


class FloorJob(SQLModel, table=True):
    """An order with hardly anything in it."""

    id: int | None = Field(default=None, primary_key=True)
    status: str
    version: int = 0


class FloorLog(SQLModel, table=True):
    """A line of its history."""

    id: int | None = Field(default=None, primary_key=True)
    job_id: int = Field(foreign_key="floorjob.id", index=True)
    old_status: str
    new_status: str
    created_at: datetime


class FloorNotification(SQLModel, table=True):
    """A line of news."""

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(index=True)
    job_id: int = Field(foreign_key="floorjob.id")
    message: str
    created_at: datetime


class Wanted(BaseModel):
    """Where an order shall go."""

    status: str


def engine_for(url: str) -> Engine:
    """An engine; on SQLite with the product's settings."""
    engine = create_engine(url, connect_args={"check_same_thread": False} if url.startswith("sqlite") else {})
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def application(url: str) -> FastAPI:
    """The bare route."""
    engine = engine_for(url)
    SQLModel.metadata.create_all(engine, tables=[SQLModel.metadata.tables[name] for name in TABLES])
    with Session(engine) as session:
        session.add_all(FloorJob(status="in_progress") for _ in range(ORDERS))
        session.commit()
    app = FastAPI()

    @app.patch("/api/jobs/{job_id}/status")
    async def move(job_id: int, wanted: Wanted) -> dict[str, Any]:
        now = datetime.now(UTC)
        with Session(engine) as session:
            job = session.get_one(FloorJob, job_id)
            old, job.status, job.version = job.status, wanted.status, job.version + 1
            session.add(FloorLog(job_id=job_id, old_status=old, new_status=wanted.status, created_at=now))
            session.add_all(
                FloorNotification(user_id=user, job_id=job_id, message=f"{old} to {wanted.status}", created_at=now)
                for user in (1, 2, 3)
            )
            session.commit()
            return {"id": job.id, "status": job.status, "version": job.version}

    return app


TABLES = ("floorjob", "floorlog", "floornotification")


def rows_a_second(folder: Path, transactions: int = 5000) -> float:
    """Transactions of the same five rows a second by Python's own `sqlite3`: the limit of machine and disk."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT)")
    connection.execute("CREATE TABLE logs (id INTEGER PRIMARY KEY, job_id INTEGER, status TEXT)")
    connection.execute("CREATE TABLE news (id INTEGER PRIMARY KEY, user_id INTEGER, message TEXT)")
    connection.execute("INSERT INTO jobs VALUES (1, 'in_progress')")
    begun = time.perf_counter()
    for _ in range(transactions):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE jobs SET status = 'delivered' WHERE id = 1")
        connection.execute("INSERT INTO logs (job_id, status) VALUES (1, 'delivered')")
        connection.executemany("INSERT INTO news (user_id, message) VALUES (?, 'moved')", [(1,), (2,), (3,)])
        connection.execute("COMMIT")
    spent = time.perf_counter() - begun
    connection.close()
    return transactions / spent


if __name__ == "__main__":
    uvicorn.run(application(sys.argv[2]), port=int(sys.argv[1]), access_log=False, log_level="warning")
