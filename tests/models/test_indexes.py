"""Indexes: what is asked again and again costs no more when a desk has grown old.

What holds only what waits, or the processes of a day, may be read to its end.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from models import Notification, StatusLog, User, database
from models.comment import Comment
from models.draft import Draft, DraftFile
from models.file import File
from models.intention import Intention
from models.job import in_hand
from models.letter import Delivery, Letter
from models.listing import Listing
from models.notification import Wanted
from models.order_counts import placed_before
from models.ring import Ring
from models.sign_in import SignIn
from models.sorting import SORTS
from models.status import Status
from models.user import Role
from tests.desk import Desk, on_sqlite, statements
from workflow.notifications import digests
from workflow.orders import drafts

TABLE_SCANNED = re.compile("SCAN (?!processes)[a-z]")

QUESTIONS: dict[str, Callable[[Session, User], object]] = {
    "rings since": lambda session, _: Ring.since(session, 7),
    "the newest ring": lambda session, _: Ring.newest(session),
    "the sign-in": lambda session, _: SignIn.who(session, "key"),
    "news after": lambda session, user: Notification.after(session, user.key, 7),
    "the newest news": lambda session, user: Notification.newest(session, user.key, 50),
    "the last news": lambda session, user: Notification.last_id(session, user.key),
    "unread news": lambda session, user: Notification.unread(session, user.key),
    "jobs by status": lambda session, user: Listing(statuses=(Status.pending,)).jobs(session, user),
    "jobs by client": lambda session, user: Listing(client_id=7).jobs(session, user),
    "jobs by writer": lambda session, user: Listing(writer_id=7).jobs(session, user),
    "jobs in hand": lambda session, user: in_hand(session, user.key),
    "letters of a state": lambda session, _: Letter.found(session, 50, Delivery.sent),
    "letters to a reader": lambda session, user: Letter.oldest_of_last(session, user.key, 60),
    "letters due": lambda session, _: Letter.is_any_due(session),
    "intentions due": lambda session, _: Intention.due(session, timedelta(seconds=5)),
    "intentions of somebody": lambda session, user: Intention.of_user(session, user.key),
    "drafts of somebody": lambda session, user: Draft.of(session, user.key),
    "a draft and its files": lambda session, user: drafts.read(session, "key", user),
    "comments written": lambda session, user: Comment.written(session, user.key, user.created_at),
    "files brought": lambda session, user: File.brought(session, user.key, user.created_at),
    "files beside drafts": lambda session, user: DraftFile.brought(session, user.key, user.created_at),
    "orders placed": lambda session, user: placed_before(session, user, 7),
    "digests due": lambda session, _: digests.waiting(session),
}


WALKED = {
    "created": "ix_jobs_created_at_id",
    "updated": "ix_jobs_updated_at_id",
    "deadline": "ix_jobs_deadline_or_never",
    "title": "ix_jobs_title_folded_id",
    "amount": "ix_jobs_amount_id",
    "number": "(?:uq_jobs_year_number|sqlite_autoindex_jobs_2)",
}
"""Along which index all jobs are walked, in each order."""

MANY_NEWS = """
    INSERT INTO notifications (user_id, type, title, message, read, created_at)
    SELECT id, 'order_updated', 'Order', 'Moved', id % 2 = 0, now() FROM users, generate_series(1, 500)
"""
"""For few lines, PostgreSQL's statistics decide by which index they are found, or by none."""

LOOKED_UP: dict[str, tuple[str, Callable[[Session, User], object]]] = {
    "a status": ("status_id", lambda session, user: Listing(statuses=(Status.pending,)).total(session, user)),
    "a client": ("ix_jobs_client_id", lambda session, user: Listing(client_id=7).total(session, user)),
    "a writer": ("ix_jobs_writer_id_status_id", lambda session, user: Listing(writer_id=7).total(session, user)),
    "words": ("words", lambda session, user: Listing(words="research paper").total(session, user)),
    "unread news": (
        "ix_notifications_unread",
        lambda session, user: Notification.unread(session, user.key),
    ),
    "news of a type": (
        "ix_notifications_user_id_type_id",
        lambda session, user: Wanted(type="file_added").lines(session, user.key, 50),
    ),
    "people of a role": (
        "ix_users_role_name_folded_name_id",
        lambda session, _: User.found(session, Role.client, "", 50),
    ),
}


def plans(session: Session, question: Callable[[Session, User], object], reader: User) -> list[str]:
    """How the database goes about it, step by step; PostgreSQL as it would with many rows."""
    with statements() as asked:
        question(session, reader)
    connection, explain = session.connection(), "EXPLAIN QUERY PLAN"
    if connection.dialect.name != "sqlite":
        explain = "EXPLAIN"
        for way in ("seqscan", "sort"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    steps = (
        connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
        for statement, parameters in asked
        if statement.startswith("SELECT")
    )
    return [row[-1] for plan in steps for row in plan]


@on_sqlite
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_asked_often_is_found_by_an_index(desk: Desk, question: Callable[[Session, User], object]) -> None:
    with database.reading() as session:
        found = plans(session, question, desk.who("bea"))

    assert any(step.startswith("SEARCH") for step in found)
    assert [step for step in found if TABLE_SCANNED.match(step) and "ix_notifications_in_digest" not in step] == []


@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize("sort", WALKED)
def test_each_order_is_walked_along_an_index(desk: Desk, sort: str, way: str) -> None:
    cursor = SORTS[sort].cursor(desk.job())

    with database.reading() as session:
        first = plans(session, lambda session, user: Listing(sort=way + sort).jobs(session, user), desk.who("bea"))
        further = Listing(sort=way + sort, cursor=cursor)
        behind = plans(session, further.jobs, desk.who("bea"))

    assert re.search(WALKED[sort], str(first))
    assert re.search(rf"{WALKED[sort]}.*(\(.*[<>].*\?\)|Index Cond: .*ROW)", str(behind))


@pytest.mark.parametrize("index, question", LOOKED_UP.values(), ids=LOOKED_UP)
def test_what_is_asked_for_is_looked_up(desk: Desk, index: str, question: Callable[[Session, User], object]) -> None:
    if "notifications" in index and not desk.database.is_sqlite:
        desk.sql(MANY_NEWS, "ANALYZE notifications")

    with database.reading() as session:
        found = plans(session, question, desk.who("bea"))

    assert re.search("VIRTUAL TABLE" if index == "words" and "SCAN" in str(found) else index, str(found))


@on_sqlite
def test_a_history_is_found_by_an_index(desk: Desk) -> None:
    job = desk.job()

    with database.reading() as session:
        found = plans(session, lambda session, _: StatusLog.of(session, job), desk.who("bea"))

    assert "INDEX ix_job_status_logs_job_id (job_id=?)" in str(found)
