"""Commands: only those that start a desk make one; the others say that there is none."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

import main
from tests.desk import FRESH, Desk, on_sqlite
from tests.workflow.history.test_desk_log import said as said_in_the_log
from workflow.people import mailed_links, sign_ins

MAIN = Path(__file__).parents[1] / "main.py"


def said(*command: str, folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """How a command ended, and what it complained of."""
    line = [sys.executable, MAIN, *command]
    done = subprocess.run(
        line, cwd=folder, env=environment, input="docket-demo\n", capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", [["verify"], ["user", "add", "cleo@example.com", "Cleo", "client"]])
def test_a_mistyped_folder_is_said_and_not_made(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "mistyped"

    code, complaint = said(*command, folder=tmp_path, environment={"DOCKET_DATA_DIR": str(folder), "PATH": ""})

    assert code == 1
    assert f"There is no desk at sqlite:///{folder}/docket.db" in complaint
    assert not folder.exists()


def run(*command: str) -> None:
    """Run a command of ours in this process."""
    arguments = main.commands().parse_args([*command])
    arguments.command(arguments)


@on_sqlite
def test_who_has_the_console_comes_back_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCKET_DATA_DIR", str(desk.folder))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{FRESH}\n"))

    run("user", "password", "ivy@example.com")
    run("user", "role", "ivy@example.com", "admin")
    run("user", "link", "ivy@example.com")

    ivy = sign_ins.authenticate("ivy@example.com", FRESH)
    link = capsys.readouterr().out.splitlines()[-1]
    assert sign_ins.signed_in(mailed_links.use(link.rpartition("=")[2])) == ivy
    assert set(said_in_the_log(desk)[1:]) == {
        "The command line printed a link to sign in as Ivy Irving.",
        "The command line changed the role of Ivy Irving: writer → admin.",
        "The command line opened the account of Ivy Irving again.",
        "The command line changed the password of Ivy Irving.",
    }


@on_sqlite
def test_without_its_key_nothing_is_verified(desk: Desk) -> None:
    desk.job()
    (desk.folder / "secret.key").unlink()

    code, complaint = said("verify", folder=desk.folder, environment=desk.environment)

    assert (code, "There is no secret.key" in complaint) == (1, True)
    assert not (desk.folder / "secret.key").exists()


def test_the_sample_agency_moves_into_nobodys_desk(desk: Desk, tmp_path: Path) -> None:
    own = desk.environment | {"DOCKET_DATA_DIR": str(tmp_path / "new")}

    code, complaint = said("demo", folder=tmp_path, environment=own)

    assert (code, "There is a desk at" in complaint) == (1, True)
    assert desk.who("ada").email == "ada@example.com"


@on_sqlite
def test_a_desk_moves_by_one_command(desk: Desk) -> None:
    job = desk.job()
    desk.database.dispose()

    code, complaint = said(
        "move", "--to", f"sqlite:///{desk.folder}/new.db", folder=desk.folder, environment=desk.environment
    )

    assert (code, complaint) == (0, "")
    assert Desk(f"sqlite:///{desk.folder}/new.db", desk.folder).see(job).title == job.title
