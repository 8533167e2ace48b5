"""The agency: SPEC once more, in the tests' own words. What may become of an order, and who hears of it."""

from dataclasses import dataclass, field
from typing import NamedTuple

ROLES = {"cleo": "client", "carl": "client", "wren": "writer", "wolf": "writer", "ivy": "writer"}
ROLES |= {"bea": "manager", "bob": "manager", "ada": "admin"}
STAFF = ("bea", "bob", "ada")
CLOSED = "ivy"
"""Her account is closed."""

AMOUNT = 10_000
STATUSES = ("pending", "approved", "assigned", "in_progress", "editing")
STATUSES += ("delivered", "revision", "revision_pending", "completed", "cancelled")
FINAL = ("completed", "cancelled")
IN_HAND = ("assigned", "in_progress", "editing", "revision")

OK, GONE, STALE = (200, None), (404, "JOB_NOT_FOUND"), (409, "CONFLICT")
WRONG, CLOSED_WAY = (422, "INVALID_FIELD"), (400, "INVALID_TRANSITION")
FORBIDDEN, NOT_YET = (403, "FORBIDDEN"), (409, "CONDITION_NOT_MET")
Answer = tuple[int, str | None]


class Way(NamedTuple):
    """From a status to another: by which action, who may take it, and what must hold."""

    action: str
    source: str
    target: str
    who: str
    needs: str = ""


WAYS = [
    Way("approve", "pending", "approved", "staff", "deposit"),
    Way("assign", "approved", "assigned", "staff claimant", "named active room"),
    Way("start", "assigned", "in_progress", "staff writer"),
    Way("submit", "in_progress", "editing", "staff writer", "file"),
    Way("deliver", "in_progress", "delivered", "staff writer", "straight file"),
    Way("deliver", "editing", "delivered", "staff", "file"),
    Way("request_revision", "delivered", "revision", "staff client"),
    Way("resume", "revision", "in_progress", "staff writer"),
    Way("resume", "revision_pending", "in_progress", "staff"),
    Way("complete", "delivered", "completed", "staff client", "paid"),
    *(Way("cancel", source, "cancelled", "staff client") for source in ("pending", "approved")),
    *(Way("cancel", source, "cancelled", "staff") for source in STATUSES[2:8]),
]


class Line(NamedTuple):
    """A line of the history."""

    action: str
    old: str | None
    new: str
    by: str


@dataclass(eq=False)
class Order:
    """An order, as it should stand."""

    id: int
    client: str
    included: int | None
    status: str = "pending"
    version: int = 1
    writer: str | None = None
    manager: str | None = None
    held: str | None = None
    paid: int = 0
    revisions: int = 0
    has_final: bool = False
    history: list[Line] = field(default_factory=list)


class News(NamedTuple):
    """A line of somebody's news."""

    order: int
    type: str
    read: bool


@dataclass
class Agency:
    """All orders and news, under the rules of the moment."""

    rules: dict[str, int | bool | None] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    news: dict[str, list[News]] = field(default_factory=lambda: {name: [] for name in ROLES})

    def place(self, number: int, by: str) -> Order:
        """A new order."""
        included = self.rules.get("included_revisions")
        order = Order(number, by, None if included is None else int(included))
        order.history.append(Line("create", None, "pending", by))
        self.orders.append(order)
        self.tell(order, "order_created", by, {by, *STAFF})
        return order

    def sees(self, name: str, order: Order) -> bool:
        """Whether somebody may see an order."""
        if name in STAFF or name in (order.client, order.writer):
            return True
        return ROLES[name] == "writer" and self.is_claimable(order)

    def is_claimable(self, order: Order) -> bool:
        """Whether writers may take it."""
        return bool(self.rules.get("writers_may_claim")) and order.status == "approved" and order.writer is None

    def judged(self, order: Order, name: str, target: str, version: int | None, writer: str | None) -> Answer:
        """What somebody is answered who asks for this status."""
        if writer and target != "assigned":
            return WRONG
        if not self.sees(name, order):
            return GONE
        if version not in (None, order.version):
            return STALE
        if target == order.status:
            return OK if writer in (None, order.writer) else WRONG
        way = way_to(order.status, target)
        if way is None:
            return CLOSED_WAY
        named = writer or order.writer or (name if ROLES[name] == "writer" else None)
        if not self.may(way, order, name, named):
            return FORBIDDEN
        return OK if self.is_met(way, order, named) else NOT_YET

    def may(self, way: Way, order: Order, name: str, named: str | None) -> bool:
        """Whether this way is somebody's to take."""
        own = {"staff": name in STAFF, "writer": name == order.writer, "client": name == order.client}
        own["claimant"] = ROLES[name] == "writer" and self.is_claimable(order) and named in (None, name)
        return any(own[party] for party in way.who.split())

    def is_met(self, way: Way, order: Order, named: str | None) -> bool:
        """Whether all that must hold does."""
        rules, load = self.rules, sum(each.writer == named and each.status in IN_HAND for each in self.orders)
        limit = rules.get("writer_capacity")
        holds = {
            "deposit": not rules.get("deposit_first") or order.paid * 2 >= AMOUNT,
            "paid": not rules.get("paid_before_completion") or order.paid >= AMOUNT,
            "file": not rules.get("file_before_delivery") or order.has_final,
            "straight": not rules.get("editing_is_required"),
            "named": named is not None,
            "active": named is None or (ROLES[named] == "writer" and named != CLOSED),
            "room": limit is None or load < limit or named is None or ROLES[named] != "writer",
        }
        return (order.held is None or way.action == "cancel") and all(holds[need] for need in way.needs.split())

    def open_to(self, name: str, order: Order) -> set[tuple[str, str]]:
        """Where somebody could send an order now, if they name the right writer, and by which action."""
        found = set[tuple[str, str]]()
        for way in WAYS:
            named = order.writer or (name if ROLES[name] == "writer" else None)
            must = way._replace(needs=way.needs if named else way.needs.replace("named", ""))
            if way.source == order.status and self.may(way, order, name, named) and self.is_met(must, order, named):
                found.add((way.target, way.action))
        return found

    def move(self, order: Order, by: str, target: str, writer: str | None) -> None:
        """What follows once it is answered 200."""
        way = way_to(order.status, target)
        if way is None:
            return
        old = order.status
        order.status = target
        match way.action:
            case "approve" if ROLES[by] == "manager":
                order.manager = order.manager or by
            case "assign":
                order.writer = writer or order.writer or by
            case "request_revision":
                used_up = order.included is not None and order.revisions >= order.included
                order.status = "revision_pending" if used_up else "revision"
                order.revisions, order.has_final = order.revisions + 1, False
            case "cancel":
                order.held = None
        self.log(order, way.action, old, by)

    def log(self, order: Order, action: str, old: str, by: str) -> None:
        """A line of the history, and news for those around the order."""
        order.history.append(Line(action, old, order.status, by))
        self.change(order)
        self.tell(order, "order_updated", by, {order.client, order.writer, order.manager, "ada"})

    def change(self, order: Order) -> None:
        """Something about the order is otherwise."""
        order.version += 1

    def tell(self, order: Order, type_: str, by: str, readers: set[str | None]) -> None:
        """News for these; one's own is read already."""
        for name in readers - {None, CLOSED}:
            self.news[str(name)].append(News(order.id, type_, name == by))


def way_to(source: str, target: str) -> Way | None:
    """The way between two statuses."""
    return next((way for way in WAYS if (way.source, way.target) == (source, target)), None)
