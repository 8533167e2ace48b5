"""A desk that has grown old: so many orders with what they leave behind, written at once, past the lifecycle."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import Connection, insert, text
from sqlmodel import SQLModel

import settings
from models import Comment, File, Job, Letter, Notification, Payment, StatusLog, User, clock
from models.comment import Audience
from models.database import Database
from models.file import Kind
from models.folding import folded
from models.letter import Delivery
from models.numbering import OrderNumber
from models.rows import bare
from models.schema import migrate
from models.status import FINAL, Status
from models.user import Role
from workflow.history import signatures
from workflow.people import passwords

ORDERS = 100_000
CLIENTS, WRITERS = 3000, 40
OPEN_SHARE = 0.01
"""So many of all orders are not done with."""

WORDS = [
    "Research",
    "Paper",
    "Leaflet",
    "Brochure",
    "Annual",
    "Report",
    "Thesis",
    "Cover",
    "Letter",
    "Website",
    "Menu",
    "Manual",
    "Summary",
    "Poster",
]
BATCH = 10_000

Row = dict[str, Any]


def fill(url: str, orders: int = ORDERS, still_open: int | None = None) -> None:
    """Make the tables in an empty database, and fill them; the first of each role can sign in as in the demo."""
    database, now = Database(url), clock.now()
    folder = Path(database.url.database or "").parent if database.is_sqlite else Path(mkdtemp())
    settings.use(_env_file=None, data_dir=folder)
    _ = settings.current().secret  # with histories and without a secret, no start would believe it
    migrate(database)
    open_ones = still_open or int(orders * OPEN_SHARE)
    people = list(_people())
    with database.writer.begin() as connection:
        _put(connection, User, people)
        _put(connection, Job, _jobs(orders, open_ones, now))
        _put(connection, StatusLog, (line for job in _jobs(orders, open_ones, now) for line in _history(job)))
        _put(connection, Notification, _news(orders))
        _put(connection, Comment, _talk(orders))
        _put(connection, Payment, _money(orders))
        _put(connection, File, _files(orders))
        _put(connection, Letter, _letters(orders))
        connection.execute(insert(OrderNumber).values(year=2026, last=orders))
        if not database.is_sqlite:
            _count_on(connection)
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")
    database.dispose()


def _put(connection: Connection, table: type[SQLModel], rows: Any) -> None:
    rows, batch = iter(rows), list[Row]()
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch.clear()
    if batch:
        connection.execute(insert(table), batch)


def _count_on(connection: Connection) -> None:
    """PostgreSQL counts on from what it gave out itself."""
    for table in ("users", "jobs", "job_status_logs", "notifications", "comments", "payments", "files", "letters"):
        connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


def _people() -> Iterator[Row]:
    hashed = passwords.hashed("docket-demo")
    roles = [*[Role.client] * CLIENTS, *[Role.writer] * WRITERS, Role.manager, Role.manager, Role.admin]
    counted = dict.fromkeys(Role, 0)
    for key, role in enumerate(roles, 1):
        counted[role] += 1
        name = f"{role.capitalize()} {counted[role]}"
        yield {
            "id": key,
            "email": f"{role}{counted[role]}@example.com",
            "name": name,
            "name_folded": folded(name),
            "role": role,
            "password_hash": hashed,
        }


def _jobs(orders: int, still_open: int, now: datetime) -> Iterator[Row]:
    """The same ones each time; their histories are made of them once more."""
    dice = random.Random(7)
    running = [status for status in Status if status not in FINAL]
    for key in range(1, orders + 1):
        is_open = key > orders - still_open
        status = dice.choice(running) if is_open else dice.choice([Status.completed] * 9 + [Status.cancelled])
        placed = now - timedelta(minutes=5 * (orders - key + 1))
        title = f"{dice.choice(WORDS)} {dice.choice(WORDS)} {key}"
        amount = dice.randrange(1, 500) * 500
        job = {
            "id": key,
            "display_id": f"DK-2026-{key:06}",
            "year": 2026,
            "number": key,
            "title": title,
            "title_folded": folded(title),
            "amount": amount,
            "amount_paid": 0 if is_open else amount,
            "status": status,
            "client_id": dice.randrange(1, CLIENTS + 1),
            "writer_id": None
            if status in {Status.pending, Status.approved}
            else CLIENTS + dice.randrange(1, WRITERS + 1),
            "manager_id": CLIENTS + WRITERS + 1,
            "deadline": placed + timedelta(days=dice.randrange(1, 60)) if dice.random() < 0.8 else None,
            "created_at": placed,
            "updated_at": placed + timedelta(minutes=dice.randrange(1, 10_000)),
        }
        yield job | {"log_hash": _history(job)[-1]["hash"]}


def _history(job: Row) -> list[Row]:
    """Its lines, sealed as the product seals them; no hand would seal a hundred thousand."""
    lines, before = list[Row](), ""
    for old, action, new in ((None, "create", Status.pending), (Status.pending, "approve", job["status"])):
        said = {"action": action, "old_status": old, "new_status": new, "changed_by": CLIENTS + WRITERS + 1}
        said |= {"note": None, "created_at": job["updated_at"], "previous_hash": before}
        before = signatures.of_line(bare(StatusLog, said), bare(Job, job))
        lines.append({"job_id": job["id"], "hash": before} | said)
    return lines


def _news(orders: int) -> Iterator[Row]:
    """Each order is told to a client, a writer and the first manager, who has read all but the newest."""
    for key in range(1, orders + 1):
        for user in (key % CLIENTS + 1, CLIENTS + key % WRITERS + 1, CLIENTS + WRITERS + 1):
            yield {
                "user_id": user,
                "job_id": key,
                "type": "order_updated",
                "title": f"Order DK-2026-{key:06} Status Updated",
                "message": 'Order "Research Paper": Work has been delivered and is ready for review',
                "status": Status.delivered,
                "read": key < orders - 20,
                "created_at": clock.now() - timedelta(minutes=5 * (orders - key)),
            }


def _talk(orders: int) -> Iterator[Row]:
    for key in range(1, orders + 1):
        yield {"job_id": key, "author_id": CLIENTS + 1, "body": "Done by Friday.", "audience": Audience.everybody}


def _money(orders: int) -> Iterator[Row]:
    for key in range(1, orders + 1):
        yield {"job_id": key, "amount": 1000, "method": "card", "recorded_by": CLIENTS + WRITERS + 1}


def _files(orders: int) -> Iterator[Row]:
    for key in range(1, orders + 1):
        yield {
            "job_id": key,
            "kind": Kind.final,
            "name": "work.txt",
            "size": 5,
            "sha256": f"{key:064}",
            "stored_as": f"{key:032}",
            "uploaded_by": CLIENTS + 1,
        }


def _letters(orders: int) -> Iterator[Row]:
    for key in range(1, orders + 1):
        client = key % CLIENTS + 1
        yield {
            "user_id": client,
            "job_id": key,
            "type": "delivered",
            "recipient": f"client{client}@example.com",
            "subject": f"Ready for you: Research Paper {key}",
            "subject_folded": folded(f"Ready for you: Research Paper {key}"),
            "body": "Words.",
            "message_id": f"<{key}@example.com>",
            "delivery": Delivery.given_up if key % 1000 == 0 else Delivery.sent,
            "sent_at": clock.now() - timedelta(minutes=5 * (orders - key)),
        }
