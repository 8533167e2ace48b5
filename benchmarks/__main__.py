"""Measure what the promises are about: one table of figures, beside the floor, each as a ratio with its bound."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks import change, cold, floor, lists, mail, start
from benchmarks.load import Others
from benchmarks.server import docket, signed_in
from benchmarks.table import HEAD, Figure, alone, print_line
from benchmarks.timing import seconds


def hundred_orders(client: httpx.Client) -> list[int]:
    """A hundred new orders of the first client."""
    wanted = client.get("/api/users").raise_for_status().json()
    buyer = next(user["id"] for user in wanted if user["role"] == "client")
    order = {"title": "Measured", "clientId": buyer}
    return [client.post("/api/jobs", json=order).raise_for_status().json()["id"] for _ in range(100)]


def preview_ratio(client: httpx.Client) -> float:
    """A preview of a hundred orders against one reading of one order."""
    ids = hundred_orders(client)
    wish = {"orderIds": ids, "newStatus": "approved"}
    one = seconds(lambda: client.get(f"/api/jobs/{ids[0]}").raise_for_status(), 50)
    hundred = seconds(lambda: client.post("/api/jobs/bulk/preview", json=wish).raise_for_status(), 5)
    return hundred / one


def bulk_ratio(client: httpx.Client) -> float:
    """A bulk update of a hundred orders against a hundred single changes."""
    one_by_one, together = hundred_orders(client), hundred_orders(client)
    begun = time.perf_counter()
    for job_id in one_by_one:
        client.patch(f"/api/jobs/{job_id}/status", json={"status": "approved"}).raise_for_status()
    singly = time.perf_counter() - begun
    begun = time.perf_counter()
    wish = {"orderIds": together, "newStatus": "approved"}
    client.post("/api/jobs/bulk/status-update", json=wish).raise_for_status()
    return (time.perf_counter() - begun) / singly


BOUNDS = [("preview of 100 / one GET", preview_ratio, 5.0), ("bulk of 100 / 100 PATCHes", bulk_ratio, 0.5)]
"""What is measured on the sample agency, how, and the bound that it should keep."""


def figures() -> Iterator[Figure]:
    """Everything that is measured, as it comes."""
    yield from change.on_sqlite()
    yield from change.on_postgresql()
    yield from change.grown()
    with docket() as base, signed_in(base, "manager1@example.com") as client:
        for name, measure, bound in BOUNDS:
            yield measured(name, partial(measure, client), bound)
    yield measured("a change while mail is down", mail.away_ratio, mail.BOUND)
    yield from lists.figures()
    yield from start.figures()
    yield from cold.figures()


def measured(name: str, measure: Callable[[], float], bound: float) -> Figure:
    """A ratio that is measured as such."""
    others = Others()
    return alone(name, measure(), bound, others.cores())


def main() -> None:
    """Print the table; exit 1 when a figure misses its bound."""
    print(HEAD)
    with TemporaryDirectory() as folder:
        raw = floor.rows_a_second(Path(folder))
    print(f"{'transactions a second by sqlite3 alone':40} {raw:9.0f}")
    kept = [print_line(figure) for figure in figures()]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
