"""Any page of any list, beside one order, with a hundred thousand orders stored; and the board, by what is open."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from benchmarks.filling import CLIENTS, ORDERS, WRITERS, fill
from benchmarks.load import Others
from benchmarks.server import served, signed_in
from benchmarks.table import Figure
from benchmarks.timing import seconds
from models import database
from models.letter import Delivery, Letter
from models.listing import Listing
from models.notification import Notification, Wanted
from models.order_counts import numbers
from models.sorting import SORTS
from models.status import FINAL, Status
from models.user import Role, User

BOUND = 5.0
BOARD_BOUND = 1.5
ROUNDS = 15
"""How often each page is read."""

MANAGER = CLIENTS + WRITERS + 1
RUNNING = tuple(status for status in Status if status not in FINAL)
SEARCHES = {"many": "leaflet", "one": f"DK-2026-{ORDERS // 2:06}", "none": "xylophone", "two words": "leaflet menu"}

Reading = Callable[[], object]


def figures() -> Iterator[Figure]:
    """The slowest page of each kind of list, and the board."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'docket.db'}"
        fill(url)
        yield from _by_http(folder)
        yield from _below_the_pages(url)
    yield _board()


def _by_http(folder: str) -> Iterator[Figure]:
    with served("run", folder) as base, signed_in(base, "manager1@example.com") as manager:
        readers = [signed_in(base, f"{role}1@example.com") for role in ("client", "writer")]
        one = partial(_got, manager, f"/api/jobs/{ORDERS // 2}")
        for name, pages in _addresses(manager, *readers).items():
            yield _slowest(f"API: {name}", one, pages)


def _got(reader: httpx.Client, address: str) -> None:
    reader.get(address).raise_for_status()


def _addresses(manager: httpx.Client, client: httpx.Client, writer: httpx.Client) -> dict[str, dict[str, Reading]]:
    """The lists of the API: name -> its pages."""

    def pages(reader: httpx.Client, *addresses: str) -> dict[str, Reading]:
        return {address: partial(_got, reader, address) for address in addresses}

    job = f"/api/jobs/{ORDERS // 2}"
    sorts = [f"/api/jobs?sort={way}{sort}" for sort in SORTS for way in ("", "-")]
    behind = [f"{each}&cursor={_middle(manager, each)}" for each in sorts]
    filters = [f"/api/jobs?status={status}&sort=title" for status in Status]
    filters += ["/api/jobs?overdue=true", "/api/jobs?overdue=false", "/api/jobs?clientId=7", "/api/jobs?writerId=3007"]
    return {
        "orders, each order of them": pages(manager, *sorts),
        "orders, further on": pages(manager, *behind),
        "orders, filtered": pages(manager, *filters),
        "orders, searched": pages(manager, *(f"/api/jobs?q={words}" for words in SEARCHES.values())),
        "a client's orders": pages(client, "/api/jobs", "/api/jobs?sort=-updated", "/api/jobs?q=leaflet"),
        "history, talk, files, payments": pages(
            manager, *(f"{job}/{what}" for what in ("logs", "comments", "files", "payments"))
        ),
        "news": pages(manager, f"/api/notifications?userId={MANAGER}")
        | pages(client, "/api/notifications?userId=1&since=2020-01-01T00:00:00Z"),
        "people": pages(manager, "/api/users"),
        "a writer's orders": pages(writer, "/api/jobs", "/api/jobs?sort=-updated", "/api/jobs?sort=deadline"),
    }


def _middle(manager: httpx.Client, address: str) -> str:
    """A cursor from far within: behind fifty pages."""
    cursor = ""
    for _ in range(3):
        page = manager.get(f"{address}&limit=200&cursor={cursor}").raise_for_status().json()
        cursor = page["nextCursor"]
    return cursor


def _below_the_pages(url: str) -> Iterator[Figure]:
    """What pages ask the database for, by itself."""
    database.use(url)
    with database.reading() as session:
        bea = session.get_one(User, MANAGER)
        wren, cleo = session.get_one(User, CLIENTS + 1), session.get_one(User, 1)
    one = _read(lambda session: Listing(words="", client_id=1, limit=1).jobs(session, bea))
    for name, pages in (_all_orders(bea) | _boards(bea, wren, cleo) | _other_lists()).items():
        yield _slowest(name, one, pages)


def _read(question: Callable[..., object]) -> Reading:
    """One look at the database that asks this."""

    def ask() -> None:
        with database.reading() as session:
            question(session)

    return ask


def _all_orders(bea: User) -> dict[str, dict[str, Reading]]:
    """The list of all orders, as its page asks for it: name -> its pages."""

    def listed(number: int = 1, **asked: Any) -> Reading:
        return _read(lambda session: Listing(limit=25, **asked).numbered(session, bea, number))

    last = ORDERS // 25
    every = [f"{way}{sort}" for sort in SORTS for way in ("", "-")]
    return {
        "all orders, first page": {sort: listed(sort=sort) for sort in every},
        "all orders, last page": {sort: listed(sort=sort, number=last) for sort in every},
        "all orders, a page in the middle": {sort: listed(sort=sort, number=last // 2) for sort in every},
        "all orders, one status": {
            f"{status} {sort}": listed(sort=sort, statuses=(status,)) for sort in every for status in Status
        },
        "all orders, a search": {
            f"{words} {sort}": listed(sort=sort, words=words) for sort in every for words in SEARCHES.values()
        },
    }


def _boards(bea: User, wren: User, cleo: User) -> dict[str, dict[str, Reading]]:
    """The lists of everybody's first page, and its numbers."""

    def at(reader: User, *statuses: Status, **asked: Any) -> Reading:
        return _read(lambda session: Listing(statuses=statuses, **asked).jobs(session, reader))

    own = [(Status.assigned, Status.in_progress, Status.revision), (Status.delivered,)]
    newest = {"sort": "-updated", "limit": 20}
    return {
        "board columns": {status: at(bea, status, sort="deadline") for status in RUNNING},
        "writer's lists": {str(statuses): at(wren, *statuses, sort="deadline") for statuses in own},
        "client's lists": {
            str(statuses): at(cleo, *statuses, **newest) for statuses in ((Status.delivered,), RUNNING, tuple(FINAL))
        },
        "numbers of the desk": {
            role.email: _read(lambda session, r=role: numbers(session, r)) for role in (bea, wren, cleo)
        },
    }


def _other_lists() -> dict[str, dict[str, Reading]]:
    """News, people and letters."""
    return {
        "news": {
            f"{wanted} {before}": _read(lambda session, w=wanted, b=before: w.lines(session, MANAGER, 50, before=b))
            for before in (None, 150_000, 100)
            for wanted in (Wanted(), Wanted(unread=True), Wanted(type="comment_added"), Wanted(job_id=50_000))
        },
        "unread news": {"": _read(lambda session: Notification.unread(session, MANAGER))},
        "people": {
            f"{role} {words}": _read(lambda session, r=role, w=words: User.found(session, r, w, 51))
            for role in Role
            for words in ("", "client 29", "nobody")
        },
        "letters": {
            f"{state} {words}": _read(lambda session, s=state, w=words: Letter.found(session, 101, s, w))
            for state in (None, *Delivery)
            for words in ("", "client29@", "xylophone")
        },
        "numbers of letters": {"": _read(Letter.counts)},
    }


def _slowest(name: str, one: Reading, pages: dict[str, Reading]) -> Figure:
    """The page of this list that takes longest, beside one order."""
    others = Others()
    floor = seconds(one, 4 * ROUNDS)
    taken = {page: seconds(read, ROUNDS) for page, read in pages.items()}
    worst = max(taken, key=lambda page: taken[page])
    return Figure(
        f"{name}: {worst}"[:70], taken[worst] * 1000, floor * 1000, BOUND, is_least=False, others=others.cores()
    )


def _board() -> Figure:
    """What the board reads with five hundred open orders, beside what it reads with fifty."""
    others = Others()
    with _with_open(500) as much, _with_open(50) as little:
        product, floor = _board_seconds(much), _board_seconds(little)
    return Figure("board, 500 open beside 50", product, floor, BOARD_BOUND, is_least=False, others=others.cores())


@contextmanager
def _with_open(number: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        fill(f"sqlite:///{Path(folder) / 'docket.db'}", 2000, number)
        yield folder


def _board_seconds(folder: str) -> float:
    """The milliseconds until the board's page was sent."""
    with served("run", folder) as base, httpx.Client(base_url=base) as manager:
        manager.post("/login", data={"email": "manager1@example.com", "password": "docket-demo"})
        return 1000 * seconds(partial(_got, manager, "/manager"), ROUNDS)
