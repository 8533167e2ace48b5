"""How large things are, beside HOUSE's fifteen points: `make lint` prints it, and judges nothing."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
TOP = (
    "main.py",
    "server.py",
    "edge.py",
    "journal.py",
    "boundary.py",
    "doors.py",
    "durable.py",
    "settings.py",
    "crowd.py",
    "sparing.py",
    "stopping.py",
)
CODE = (*TOP, "models", "workflow", "pages", "api")


def files(*places: str) -> Iterator[Path]:
    """The modules in these places; migrations are written by a tool."""
    for place in places:
        found = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
        yield from (each for each in found if "versions" not in each.parts)


def lines(path: Path) -> int:
    """How many lines a module has."""
    return len(path.read_text().splitlines())


def functions(path: Path) -> list[int]:
    """How many lines each function of a module has."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return [node.end_lineno - node.lineno + 1 for node in nodes if isinstance(node, _FUNCTION) and node.end_lineno]


_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def told(paths: Sequence[Path]) -> str:
    """The sizes of these modules and their functions, in one line."""
    sizes = [lines(path) for path in paths if path.name != "__init__.py"]
    parts = [size for path in paths for size in functions(path)]
    p90 = quantiles(parts, n=10)[-1]
    return (
        f"files {len(sizes):4}, median {median(sizes):3.0f}, max {max(sizes):3}; "
        f"functions median {median(parts):2.0f}, p90 {p90:2.0f}"
    )


def main() -> None:
    """Print the sizes of the code, of workflow's rooms and of the tests, and the fullest folders."""
    code, tests = list(files(*CODE)), list(files("tests"))
    rooms = [path for path in files("workflow") if path.parent.name != "workflow"]
    for name, paths in (("code", code), ("rooms of workflow", rooms), ("tests", tests)):
        print(f"{name:18} {told(paths)}")
    print(f"tests : code       {sum(map(lines, tests)) / sum(map(lines, code)):.2f}")
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in code if path.name != "__init__.py")
    print("fullest folders    " + ", ".join(f"{folder} {number}" for folder, number in folders.most_common(5)))


if __name__ == "__main__":
    main()
