"""Mutants: the rules are changed by a little, one at a time, and some test has to notice. docs/mutants.md tells of it.

`make mutants` makes all of them (hours); `MODULE=workflow/guards.py` those of one module. cosmic-ray comes for the run.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
TOOL = [str(ROOT / ".venv/bin/uv"), "run", "--quiet", "--no-project", "--with", "cosmic-ray==8.7.0"]
TESTS = [
    str(ROOT / ".venv/bin/python"),
    "-m",
    "pytest",
    "-n0",
    "-x",
    "-q",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
]

LIFE = {
    "lifecycle": "tests/workflow/test_lifecycle.py tests/api/test_pairs.py tests/api/test_valid_actions.py",
    "guards": "tests/workflow/test_conditions.py tests/workflow/test_possibilities.py tests/api/test_valid_actions.py",
    "conditions": "tests/workflow/test_conditions.py tests/api/test_valid_actions.py tests/workflow/test_lifecycle.py",
    "effects": "tests/workflow/test_effects.py tests/api/test_side_effects.py",
}
ROOMS = {
    "history": "tests/workflow/history tests/api/test_visibility.py tests/workflow/test_whole.py",
    "notifications": "tests/workflow/notifications tests/workflow/test_whole.py tests/api/test_notifications.py",
    "orders": "tests/workflow/orders",
}
AREAS = {f"workflow/{name}.py": tests for name, tests in LIFE.items()} | {
    str(path.relative_to(ROOT)): tests
    for room, tests in ROOMS.items()
    for path in sorted((ROOT / "workflow" / room).glob("[a-z]*.py"))
}
"""Module -> the tests of its trade, on SQLite."""

CONFIGURATION = """
[cosmic-ray]
module-path = ["{module}"]
timeout = 120.0
excluded-modules = []
test-command = "{tests}"
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*", "core/RemoveDecorator"]
"""
"""Left out is what fails as the module is loaded, and tells nothing: `int | None` with another sign, no dataclass."""


def copied(folder: Path) -> None:
    """The working tree, where it may be spoilt."""
    for name in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copyfile(ROOT / name, folder / name)


def survivors(module: str, folder: Path) -> tuple[Counter[str], list[str]]:
    """How many mutants of this module came to which end, and the differences that nobody noticed."""
    tests = " ".join([*TESTS, "-k", "'not postgresql'", AREAS[module]])
    (folder / "mutants.toml").write_text(CONFIGURATION.format(module=module, tests=tests))
    for step in ("cosmic-ray init", "cr-filter-operators", "cosmic-ray baseline", "cosmic-ray exec"):
        files = ["mutants.toml", "mutants.sqlite"][:: -1 if step.startswith("cr-") else 1]
        said = files[:1] if step.endswith("baseline") else files
        subprocess.run([*TOOL, *step.split(), *said], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    dump = subprocess.check_output([*TOOL, "cosmic-ray", "dump", "mutants.sqlite"], cwd=folder, text=True)
    results = [result for _, result in map(json.loads, dump.splitlines()) if result["worker_outcome"] != "skipped"]
    left = [result["diff"] for result in results if result["test_outcome"] == "survived"]
    return Counter(result["test_outcome"] for result in results), left


def main(modules: list[str]) -> None:
    """Make the mutants of these modules, or of all."""
    for module in modules or AREAS:
        with TemporaryDirectory() as name:
            copied(Path(name))
            ends, left = survivors(module, Path(name))
        print(*left, sep="\n")
        print(f"{module}: {ends.total()} mutants, {ends.total() - ends['survived']} noticed", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
