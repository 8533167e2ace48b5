"""Commands: only those that start a desk make one; the others say that there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[1] / "main.py"


@pytest.mark.parametrize("command", [["verify"], ["user", "add", "cleo@example.com", "Cleo", "client"]])
def test_a_mistyped_folder_is_said_and_not_made(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "mistyped"

    done = subprocess.run(
        [sys.executable, MAIN, *command],
        cwd=tmp_path,
        env={"DOCKET_DATA_DIR": str(folder), "PATH": ""},
        input="docket-demo\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"There is no desk at sqlite:///{folder}/docket.db" in done.stderr
    assert not folder.exists()
