"""Secrets and files, of a real process: all that it writes is its owner's alone, and no complaint shows a secret."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.browser.server import Server

MAIN = Path(__file__).parents[2] / "main.py"
SECRET = "S3cret"


def started(folder: Path, **settings: str) -> tuple[int, str]:
    """Start Docket with these settings, which it refuses; how it ended, and all that it said."""
    environment = {f"DOCKET_{name}": value for name, value in settings.items()}
    environment |= {"PATH": "", "DOCKET_DATA_DIR": str(folder / "data"), "DOCKET_PORT": "1"}
    done = subprocess.run(
        [sys.executable, MAIN], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_all_that_is_written_is_the_owners_alone(demo: Server) -> None:
    token = {"email": "client1@example.com", "password": "docket-demo"}
    answer = httpx.post(f"{demo.url}/api/auth/token", json=token, trust_env=False).json()
    bearer = {"Authorization": f"Bearer {answer['accessToken']}"}
    with httpx.Client(base_url=demo.url, headers=bearer, trust_env=False) as client:
        job = client.post("/api/jobs", json={"title": "Tea"}).json()["id"]
        upload = {"data": {"kind": "brief"}, "files": {"file": ("tea.txt", b"tea")}}
        client.post(f"/api/jobs/{job}/files", **upload).raise_for_status()

    written = [Path(folder) / name for folder, _, names in os.walk(demo.data) for name in names]
    assert {"docket.db", "docket.db-wal", "docket.db-shm", "secret.key"} <= {path.name for path in written}
    assert any(path.parent.name == "files" for path in written)
    folders = {path.parent for path in written}
    assert [path for path in (*written, *folders) if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_secret_that_others_may_read_stops_the_start(tmp_path: Path, mode: int) -> None:
    key = tmp_path / "data" / "secret.key"
    key.parent.mkdir()
    key.write_text("ab" * 32)
    key.chmod(mode)

    code, said = started(tmp_path)

    assert (code, said.count("\n")) == (1, 1)
    assert f"{key} can be read by others on this machine. If none of them has: chmod 600 {key}" in said
    assert key.stat().st_mode & 0o777 == mode
    assert [path.name for path in key.parent.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", [f"{SECRET}, and no number", "ab" * 31, ""])
def test_what_is_no_secret_is_said_and_not_shown(tmp_path: Path, content: str) -> None:
    key = tmp_path / "data" / "secret.key"
    key.parent.mkdir(0o700)
    key.write_text(content)
    key.chmod(0o600)

    code, said = started(tmp_path)

    assert (code, said.count("\n")) == (1, 1)
    assert "is not the secret that Docket made" in said
    assert SECRET not in said
    assert key.read_text() == content


@pytest.mark.parametrize(
    "name, value",
    [
        ("SMTP_URL", f"smtp://desk:{SECRET}@[mail"),
        ("SMTP_URL", f"smtp://desk:{SECRET}@mail.example.com:none"),
        ("SMTP_URL", f"smtps//desk:{SECRET}"),
        ("DATABASE_URL", f"postgresql://docket:{SECRET}@127.0.0.1:1/docket"),
        ("DATABASE_URL", f"postgresql://docket:{SECRET}@127.0.0.1:none/docket"),
        ("DATABASE_URL", f"mysql://docket:{SECRET}@db/docket"),
        ("BASE_URL", f"https://desk:{SECRET}@desk.example"),
    ],
)
def test_no_start_shows_a_secret(tmp_path: Path, name: str, value: str) -> None:
    code, said = started(tmp_path, **{name: value})

    assert code == 1
    assert "Docket cannot go on: " in said
    assert SECRET not in said
