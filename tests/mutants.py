"""Mutants: the rules are changed by a little, one at a time, and some test has to notice. docs/mutants.md tells of it.

`make mutants` makes all of them (hours); `AREA=history` those of one area, `SAMPLE=100` so many of an area, drawn by
lot (`SEED=7` draws the same again). cosmic-ray comes for the run.
"""

import json
import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, closing, contextmanager
from linecache import getline
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from tests.warm import KNOCK

ROOT = Path(__file__).parents[1]
PYTHON = str(ROOT / ".venv/bin/python")
TOOL = [str(ROOT / ".venv/bin/uv"), "run", "--quiet", "--no-project", "--with", "cosmic-ray==8.7.0"]
LIFE = {
    "lifecycle": "tests/workflow/test_lifecycle.py tests/api/test_pairs.py tests/api/test_valid_actions.py",
    "guards": "tests/workflow/test_conditions.py tests/workflow/test_effects.py tests/api/test_valid_actions.py",
    "conditions": "tests/workflow/test_conditions.py tests/workflow/test_lifecycle.py tests/api/test_valid_actions.py",
    "effects": "tests/workflow/test_effects.py tests/api/test_side_effects.py",
}
ROOMS = ("history", "notifications", "orders")
STARTS = ("with_another_secret_nothing_goes_on", "a_start_remembers_the_secret_of_a_desk_from_before")
ALSO = {
    "notices": ["tests/workflow/notifications/test_channels.py"]
    + [f"tests/workflow/orders/test_{trade}.py" for trade in ("auto_completion", "deadlines", "reversals", "payments")],
    "archives": ["tests/workflow/history/test_chain.py"],
    "fingerprint": [f"tests/faults/test_start.py::test_{what}" for what in STARTS],
}
"""Who hears of a deadline or of a payment is told where these are; the rest has its stories in another trade's."""

CONFIGURATION = """
[cosmic-ray]
module-path = {modules}
timeout = 120.0
excluded-modules = []
test-command = "{python} -S -c \\"{knock}\\""
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = {operators}
"""
OPERATORS = [
    "core/RemoveDecorator",
    "core/ReplaceBinaryOperator_BitOr_.*",
    "core/ReplaceComparisonOperator_Is_Eq",
    "core/ReplaceComparisonOperator_IsNot_NotEq",
]
"""Left out, as they tell nothing: they fail as the module is loaded, or ask of one object whether it is equal."""

MADE = """
SELECT job_id, module_path, start_pos_row, start_pos_col FROM mutation_specs
WHERE job_id NOT IN (SELECT job_id FROM work_results)
ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence
"""
"""What the filter left of the work, in an order that is the same each time."""


def nearest(module: Path) -> list[str]:
    """The tests of this module's trade: those called like it, then those that use it, or else all of its room."""
    tests = sorted(Path("tests/workflow").rglob("test_*.py"))
    named = [test for test in tests if module.stem in test.stem]
    users = [test for test in tests if re.search(rf"import .*\b{module.stem}\b", test.read_text())]
    found = [str(test) for test in dict.fromkeys(named + users)] + ALSO.get(module.stem, [])
    return found or [f"tests/workflow/{module.parent.name}"]


def areas() -> dict[str, dict[str, list[str]]]:
    """Area -> module -> its tests, the nearest first; asked in the folder of a repository."""
    rooms = {
        room: {str(path): nearest(path) for path in sorted(Path("workflow", room).glob("[a-z]*.py"))} for room in ROOMS
    }
    return {"lifecycle": {f"workflow/{name}.py": tests.split() for name, tests in LIFE.items()}} | rooms


def copied(folder: Path) -> None:
    """The working tree, where it may be spoilt."""
    for name in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copyfile(ROOT / name, folder / name)


def tool(*words: str) -> str:
    """What cosmic-ray answers."""
    return subprocess.check_output([*TOOL, *words], text=True)


def tells(module: str, row: int, column: int) -> bool:
    """Whether a mutant here tells anything: not of `frozen=True`, and not of a star that multiplies nothing."""
    line = getline(module, row)
    return not line[:column].endswith("frozen=") and not re.match(r"\*\*?[^ *]", line[column:])


def draw(sample: int, seed: int) -> int:
    """Leave so many of the mutants, drawn by lot over all modules, and say how many there were."""
    with closing(sqlite3.connect("mutants.sqlite")) as session, session:
        made = [job for job, *place in session.execute(MADE) if tells(*place)]
        session.execute("CREATE TEMPORARY TABLE drawn (job_id)")
        drawn = random.Random(seed).sample(made, min(sample, len(made)))
        session.executemany("INSERT INTO drawn VALUES (?)", [(job,) for job in drawn])
        for table in ("work_results", "mutation_specs", "work_items"):
            session.execute(f"DELETE FROM {table} WHERE job_id NOT IN (SELECT job_id FROM drawn)")
    return len(made)


@contextmanager
def warm(tests: dict[str, list[str]]) -> Iterator[None]:
    """A Python with the libraries in memory, which has seen these tests pass without a mutant."""
    with subprocess.Popen([PYTHON, "-m", "tests.warm", json.dumps(tests)], stdout=subprocess.PIPE) as server:
        if not server.stdout or not server.stdout.readline():
            sys.exit("They fail without a mutant.")
        yield
        server.kill()


def results() -> Iterator[dict[str, str]]:
    """How each mutant ended, with its difference."""
    for line in tool("cosmic-ray", "dump", "mutants.sqlite").splitlines():
        yield json.loads(line)[1]


def make(area: str, sample: int, seed: int) -> None:
    """Make the mutants of this area, print those that nobody noticed, and count."""
    tests = areas()[area]
    Path("mutants.toml").write_text(
        CONFIGURATION.format(modules=list(tests), operators=OPERATORS, python=PYTHON, knock=KNOCK)
    )
    tool("cosmic-ray", "init", "mutants.toml", "mutants.sqlite")
    tool("cr-filter-operators", "mutants.sqlite", "mutants.toml")
    in_all = draw(sample, seed)
    with warm(tests):
        tool("cosmic-ray", "exec", "mutants.toml", "mutants.sqlite")
    ends = list(results())
    left = [end["diff"] for end in ends if end["test_outcome"] == "survived"]
    print(*left, sep="\n")
    print(f"{area}: {in_all} mutants, {len(ends)} drawn with SEED={seed}, {len(ends) - len(left)} noticed", flush=True)


def main() -> None:
    """Make so many mutants of one area or of each, in a copy."""
    asked = os.environ.get
    for area in (asked("AREA") or f"lifecycle {' '.join(ROOMS)}").split():
        with TemporaryDirectory() as folder, chdir(folder):
            copied(Path())
            make(area, int(asked("SAMPLE") or sys.maxsize), int(asked("SEED") or random.randrange(1000)))


if __name__ == "__main__":
    main()
