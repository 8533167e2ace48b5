"""Commands: only those that start a desk make one; the others say that there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, on_sqlite

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


@on_sqlite
def test_without_its_key_nothing_is_verified(desk: Desk) -> None:
    desk.job()
    (desk.folder / "secret.key").unlink()

    code, complaint = said("verify", folder=desk.folder, environment=desk.environment)

    assert (code, "There is no secret.key" in complaint) == (1, True)
    assert not (desk.folder / "secret.key").exists()
