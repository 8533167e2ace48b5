"""Measure what the promises are about, and print each as a ratio with its bound."""

import statistics
import sys
import time
from collections.abc import Callable

import httpx

from benchmarks import mail
from benchmarks.server import docket, signed_in


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median of the seconds that this work takes, after one round to warm up."""
    work()
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


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
"""What is measured, how, and the bound that it should keep."""


def main() -> None:
    """Print every ratio; exit 1 when one is over its bound."""
    over = False
    with docket() as base, signed_in(base, "manager1@example.com") as client:
        for name, measure, bound in BOUNDS:
            ratio = measure(client)
            over |= ratio > bound
            print(f"{name:30} {ratio:6.2f}  (at most {bound})")
    ratio = mail.away_ratio()
    over |= ratio > mail.BOUND
    print(f"{'a change while mail is down':30} {ratio:6.2f}  (at most {mail.BOUND})")
    sys.exit(over)


if __name__ == "__main__":
    main()
