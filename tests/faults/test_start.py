"""The start believes nothing: all but this desk, whole and with its own secret, is said in a line and left alone."""

import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import main
import settings
from models import database
from models.schema import newest
from settings import Misconfigured
from tests.databases import Copies
from tests.desk import Desk
from workflow.history import fingerprint


@pytest.fixture
def folder(sqlite: Copies, tmp_path: Path) -> Path:
    """The data folder of a desk that was served and ended."""
    path = tmp_path / "data"
    path.mkdir()
    with sqlite(path) as url:
        desk = Desk(url, path)
        fingerprint.keep()
        (path / "files").mkdir()
        desk.database.dispose()
    return path


def complaint(folder: Path, url: str = "") -> str:
    """What the start says, which goes no further and has changed nothing."""
    before = content(folder)
    settings.use(_env_file=None, data_dir=folder, database_url=url)
    with pytest.raises(Misconfigured) as stop:
        main.prepare()
    database.current().dispose()
    assert content(folder) == before
    assert "\n" not in str(stop.value)
    return str(stop.value)


def content(folder: Path) -> dict[Path, bytes | None]:
    """All that lies there."""
    every = folder.rglob("*") if folder.is_dir() else [folder]
    return {path: path.read_bytes() if path.is_file() else None for path in every}


def cut_off(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)


def scrambled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size // 2 // 4096 * 4096))


def foreign(path: Path, *more: str) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        for statement in ("CREATE TABLE alembic_version (version_num)", "CREATE TABLE users (id)", *more):
            connection.execute(statement)
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE docket_versions SET version_num = '9999'")
    connection.close()


DATABASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (cut_off, "is damaged (its end is missing)"),
    "emptied": (lambda path: path.write_bytes(b""), "files of an earlier one"),
    "removed": (Path.unlink, "files of an earlier one"),
    "scrambled": (scrambled, "is damaged ("),
    "a text": (lambda path: path.write_text("Tea, " * 100), "is damaged (it is no file of SQLite’s)"),
    "of another program": (foreign, "is not a desk of Docket’s"),
    "of one that names itself": (lambda path: foreign(path, "PRAGMA application_id = 7"), "is not a desk of Docket’s"),
    "of one with a log": (lambda path: foreign(path, "PRAGMA journal_mode = WAL"), "is not a desk of Docket’s"),
    "newer": (newer, "was written by a newer Docket (its version is 9999"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), "cannot be reached: Is a directory"),
}


@pytest.mark.parametrize("fault, said", DATABASES.values(), ids=DATABASES)
def test_a_database_that_is_not_ours_is_left_alone(folder: Path, fault: Callable[[Path], object], said: str) -> None:
    fault(folder / "docket.db")

    assert said in complaint(folder)


SECRETS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, "There is no secret.key in"),
    "empty": (lambda path: path.write_text(""), "is not the secret that Docket made"),
    "of another desk": (lambda path: path.write_text("ab" * 32), "is of another desk than the database at"),
    "no file": (lambda path: (path.unlink(), path.mkdir(0o700)), "secret.key cannot be used: Is a directory"),
}


@pytest.mark.parametrize("fault, said", SECRETS.values(), ids=SECRETS)
def test_with_another_secret_nothing_goes_on(folder: Path, fault: Callable[[Path], object], said: str) -> None:
    fault(folder / "secret.key")

    assert said in complaint(folder)


def test_a_desk_from_before_has_a_secret_too(desk: Desk) -> None:
    desk.job()
    (desk.folder / "secret.key").unlink()

    with pytest.raises(Misconfigured, match=r"^There is no secret\.key in .*"):
        main.prepare()

    assert not (desk.folder / "secret.key").exists()


def test_a_start_remembers_the_secret_of_a_desk_from_before(desk: Desk) -> None:
    desk.job()
    main.prepare()

    (desk.folder / "secret.key").write_text("ab" * 32)
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url)

    with pytest.raises(Misconfigured, match="is of another desk than the database at"):
        main.prepare()


def test_a_database_of_others_or_of_later_is_left_alone(desk: Desk) -> None:
    with desk.without("docket_versions"), pytest.raises(Misconfigured, match="is not a desk of Docket’s"):
        main.prepare()

    desk.sql("UPDATE docket_versions SET version_num = '9999'")
    with pytest.raises(Misconfigured, match="was written by a newer Docket"):
        main.prepare()
    desk.sql(f"UPDATE docket_versions SET version_num = '{newest()}'")
    main.prepare()


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    for folder in (tmp_path / "data", tmp_path / "data" / "in it"):
        assert f"{folder} cannot be used: " in complaint(folder)


def test_a_first_start_that_was_killed_goes_on(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("ab" * 32)
    (tmp_path / "secret.key").chmod(0o600)
    (tmp_path / "docket.db").write_bytes(b"")
    settings.use(_env_file=None, data_dir=tmp_path)

    main.prepare()
    main.prepare()

    database.current().dispose()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///docket.db?mode=ro", "sqlite://host/d.db"]
)
def test_an_address_of_no_file_is_none(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"^DOCKET_DATABASE_URL is not right"):
        settings.use(_env_file=None, database_url=url)


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings.use(_env_file=None, data_dir=tmp_path / "data", port=other.getsockname()[1])
        with pytest.raises(Misconfigured, match=r"DOCKET_PORT=\d+: nobody can be served there: Address already in use"):
            main.serve(main.commands().parse_args([]))

    assert not (tmp_path / "data").exists()
