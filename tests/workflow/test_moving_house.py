"""Moving house: a desk goes into another database with every row, however often it is cut off; what is there stays."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from models import carrying, database, schema
from models.database import Database
from settings import Misconfigured
from tests.databases import Copies
from tests.desk import Desk, on_sqlite
from tests.models.test_upgrades import fill
from workflow import moving_house

pytestmark = on_sqlite


class PulledPlug(Exception):
    """It is cut off here."""


@pytest.fixture
def house(postgresql: Copies, tmp_path: Path) -> Iterator[str]:
    """The address of a database of PostgreSQL's in which nothing is."""
    with postgresql(tmp_path) as url, psycopg.connect(url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE house")
        yield make_url(url).set(database="house").render_as_string(hide_password=False)
        admin.execute("DROP DATABASE house WITH (FORCE)")


@pytest.fixture
def furnished(desk: Desk) -> Desk:
    """A desk with something in every table."""
    for status in ("completed", "revision", "pending"):
        desk.job(status, title="Übersetzung „Menü“\n\\N\t§ 1")
    desk.sql("INSERT INTO preferences (user_id, type, channel) VALUES (1, 'order_updated', 'off')")
    fill(desk.database, set())
    return desk


def silent(*_: object) -> None:
    """Nobody watches."""


def stored(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every byte of every row of a file of SQLite's."""
    with closing(sqlite3.connect(file)) as connection:
        return {table.name: connection.execute(f"SELECT * FROM {table.name}").fetchall() for table in carrying.tables()}


def is_lived_in(url: str) -> bool:
    """Whether Docket takes what is there for a desk."""
    there = Database(url)
    try:
        return schema.is_there(there)
    finally:
        there.dispose()


def test_what_comes_back_is_what_went(furnished: Desk, house: str) -> None:
    before, faults = stored(furnished.folder / "docket.db"), furnished.faults()
    moving_house.move(house, silent)
    database.use(house)
    assert furnished.faults() == faults

    moving_house.move(f"sqlite:///{furnished.folder}/back.db", silent)

    assert stored(furnished.folder / "back.db") == before


def test_the_new_house_counts_on(furnished: Desk, house: str) -> None:
    newest = furnished.job()

    moving_house.move(house, silent)

    database.use(house)
    assert furnished.job().key == newest.key + 1


def test_cut_off_anywhere_it_goes_on(furnished: Desk, house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "PART", 2)

    cuts = 0

    while not _is_moved(house, after_parts=12):
        cuts += 1
        with pytest.raises(Misconfigured, match="has not come to its end"):
            is_lived_in(house)

    assert cuts > 1
    assert is_lived_in(house)


def _is_moved(house: str, after_parts: int) -> bool:
    parts = itertools.count(1)

    def unplugged(what: str, *_: object) -> None:
        if "read back" not in what and next(parts) == after_parts:
            raise PulledPlug

    try:
        moving_house.move(house, unplugged)
    except PulledPlug:
        return False
    return True


def test_a_desk_that_changed_meanwhile_begins_anew(furnished: Desk, house: str) -> None:
    def unplugged(what: str, *_: object) -> None:
        if what == "jobs":
            raise PulledPlug

    with pytest.raises(PulledPlug):
        moving_house.move(house, unplugged)
    furnished.sql("UPDATE users SET name = 'Cleo Clark-Cole' WHERE name = 'Cleo Clark'")

    with pytest.raises(Misconfigured, match="has changed since its move was begun"):
        moving_house.move(house, silent)

    assert furnished.who("cleo").name == "Cleo Clark-Cole"


def test_where_somebody_lives_nobody_moves_in(desk: Desk, postgresql: Copies, tmp_path: Path) -> None:
    with postgresql(tmp_path) as taken, pytest.raises(Misconfigured, match=r"There is a desk at .* already"):
        moving_house.move(taken, silent)


@pytest.mark.parametrize("to", ["", "mysql://there", "postgresql://nobody@localhost:1/nowhere"])
def test_to_a_wrong_address_nothing_moves(desk: Desk, to: str) -> None:
    with pytest.raises(Misconfigured):
        moving_house.move(to, silent)


def test_nobody_moves_to_where_they_are(desk: Desk) -> None:
    with pytest.raises(Misconfigured, match="That is where the desk is"):
        moving_house.move(desk.url, silent)


def test_while_docket_runs_nothing_moves(desk: Desk, house: str) -> None:
    with closing(sqlite3.connect(desk.folder / "docket.db")) as running:
        running.execute("SELECT count(*) FROM users").fetchone()

        with pytest.raises(Misconfigured, match="stop Docket"):
            moving_house.move(house, silent)


def test_an_earlier_fault_comes_along_and_is_said(desk: Desk, house: str) -> None:
    job = desk.job("approved")
    desk.sql("DROP TRIGGER job_status_logs_no_update", "UPDATE job_status_logs SET note = 'Never said'")

    said = moving_house.move(house, silent)

    assert f"{job.display_id}: line" in "\n".join(said)
