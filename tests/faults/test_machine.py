"""The whole as a machine: whatever people ask for in whatever order, Docket answers as SPEC says (agency.py).

Steps are drawn by Hypothesis: four roles, the agency's rules switched in between; in `make faults`, two processes that
share one database.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Barrier, Thread
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from api import access_tokens
from tests.api.caller import Caller, address, said
from tests.api.conftest import door
from tests.browser.server import Server
from tests.desk import Desk, on_sqlite
from tests.faults import IS_LONG, times
from tests.faults.agency import AMOUNT, CLOSED, FINAL, OK, ROLES, STAFF, STATUSES, Agency, Order

__all__ = ["door"]

STEPS = 50
RULES: list[dict[str, Any]] = [
    {},
    {"deposit_first": True},
    {"paid_before_completion": True, "included_revisions": 0},
    {"editing_is_required": True},
    {"file_before_delivery": True, "included_revisions": 1},
    {"writers_may_claim": True, "writer_capacity": 1},
    {"writer_capacity": 2, "editing_is_required": True},
]
WHO = st.sampled_from([name for name in ROLES if name != CLOSED])
DOOR = st.integers(0, 1)
"""Which process is asked; where there is one, always that."""

# What is drawn depends on nothing that was answered: who wins a race is nobody's to repeat.
SEEN = st.sampled_from([None, 0, 1])
WRITERS = st.sampled_from([None, None, "wren", "wolf", CLOSED, "cleo"])


class Life(RuleBasedStateMachine):
    """What people do, one after the other."""

    desk: ClassVar[Desk]
    doors: ClassVar[list[httpx.Client]]
    orders = Bundle("orders")

    @initialize()
    def begin(self) -> None:
        """A day without orders and rules."""
        self.agency, self.seen = Agency(), dict[int, list[Any]]()
        self.keys = {name: self.desk.who(name).key for name in ROLES}
        self.desk.rules()

    def caller(self, name: str, door: int) -> Caller:
        """Somebody, at the door of one of the processes."""
        return Caller(self.doors[door % len(self.doors)], access_tokens.issued(self.desk.who(name)))

    @rule(target=orders, name=st.sampled_from(["cleo", "carl"]), door=DOOR)
    def place(self, name: str, door: int) -> Order:
        """A client orders something."""
        answer = self.caller(name, door).place(amount=f"{AMOUNT / 100}")

        assert said(answer) == (201, None)
        return self.agency.place(answer.json()["id"], name)

    @rule(rules=st.sampled_from(RULES))
    def switch(self, rules: dict[str, Any]) -> None:
        """The agency changes its rules."""
        self.desk.rules(**rules)
        self.agency.rules = rules

    @rule(order=orders, name=WHO, door=DOOR, status=st.sampled_from(STATUSES), version=SEEN, writer=WRITERS)
    def ask(self, order: Order, name: str, door: int, status: str, version: int | None, writer: str | None) -> None:
        """Somebody asks for any status, perhaps with an old version, or a writer."""
        seen = None if version is None else order.version - version or 99
        self.asked(order, name, door, status, seen, writer)

    @rule(order=orders, name=WHO, door=DOOR, choice=st.integers(0, 5), writer=st.sampled_from(["wren", "wolf"]))
    def go_on(self, order: Order, name: str, door: int, choice: int, writer: str) -> None:
        """Somebody does what they can do."""
        ways = sorted(way for way in self.agency.open_to(name, order) if way[0] != "cancelled")
        if ways and self.agency.sees(name, order):
            target = ways[choice % len(ways)][0]
            named = writer if target == "assigned" and name in STAFF else None
            self.asked(order, name, door, target, order.version, named)

    def asked(self, order: Order, name: str, door: int, target: str, version: int | None, writer: str | None) -> None:
        """Ask, and compare the answer, and what was said to be possible, with what they should be."""
        caller, expected = self.caller(name, door), self.agency.judged(order, name, target, version, writer)
        self.has_choices(order, name, caller)
        more = {"version": version, "writerId": writer and self.keys[writer]}

        answer = caller.move(order.id, target, **{field: value for field, value in more.items() if value})

        assert said(answer) == expected
        if expected == OK:
            self.agency.move(order, name, target, writer)
            assert (answer.json()["status"], answer.json()["version"]) == (order.status, order.version)

    def has_choices(self, order: Order, name: str, caller: Caller) -> None:
        """What somebody is told that they may do is what they may do."""
        if self.agency.sees(name, order):
            ways = caller.get(f"{address(order.id)}/valid-actions").json()["validTransitions"]
            assert {(way["to"], way["action"]) for way in ways} == self.agency.open_to(name, order)

    @rule(order=orders, name=st.sampled_from(STAFF), door=DOOR, reason=st.sampled_from([None, None, "holidays", "ill"]))
    def hold(self, order: Order, name: str, door: int, reason: str | None) -> None:
        """Staff set an order aside, or take it up."""
        path, caller = f"{address(order.id)}/hold", self.caller(name, door)
        answer = caller.send(path, {"reason": reason}) if reason else caller.call("DELETE", path)

        assert said(answer) == ((409, "CONDITION_NOT_MET") if reason and order.status in FINAL else OK)
        if answer.is_success and reason != order.held:
            order.held = reason
            self.agency.log(order, "hold" if reason else "release", order.status, name)

    @rule(order=orders, name=st.sampled_from(STAFF), door=DOOR)
    def pay(self, order: Order, name: str, door: int) -> None:
        """Half of it is paid."""
        answer = self.caller(name, door).send(f"{address(order.id)}/payments", {"amount": f"{AMOUNT / 200}"})

        assert said(answer) == (201, None)
        order.paid += AMOUNT // 2
        self.agency.change(order)
        self.agency.tell(order, "payment_recorded", name, {order.client, *STAFF})

    @rule(order=orders, name=st.sampled_from(STAFF), door=DOOR)
    def bring(self, order: Order, name: str, door: int) -> None:
        """A final file comes."""
        form: dict[str, Any] = {"data": {"kind": "final"}, "files": {"file": ("essay.txt", b"words")}}
        answer = self.caller(name, door).call("POST", f"{address(order.id)}/files", **form)

        assert said(answer) == ((409, "CONDITION_NOT_MET") if order.status in FINAL else (201, None))
        if answer.is_success:
            order.has_final = True
            self.agency.change(order)

    @rule(order=orders, name=st.sampled_from(STAFF), door=DOOR)
    def look_back(self, order: Order, name: str, door: int) -> None:
        """The history has grown by what was done, and says what it said."""
        lines = self.caller(name, door).logs(order.id)[::-1]

        names = {key: name for name, key in self.keys.items()}
        told = [(line["action"], line["oldStatus"], line["newStatus"], names[line["changedBy"]]) for line in lines]
        assert told == order.history
        before = self.seen.get(order.id, [])
        assert lines[: len(before)] == before
        self.seen[order.id] = lines

    @rule(name=WHO, door=DOOR)
    def read_news(self, name: str, door: int) -> None:
        """Everybody has heard what concerns them, once."""
        found = self.caller(name, door).get("/api/notifications", userId=self.keys[name], limit=500).json()
        ours = {order.id for order in self.agency.orders}
        news = [(each["jobId"], each["type"], each["read"]) for each in found if each["jobId"] in ours]

        assert [each for each in news if each[1] != "file_added"][::-1] == self.agency.news[name]

    @precondition(lambda self: len(self.doors) > 1)
    @rule(order=orders)
    def race(self, order: Order) -> None:
        """Two of the staff do different things at once, each at the door of another process."""
        target = next((way[0] for way in sorted(self.agency.open_to("ada", order)) if way[0] != "cancelled"), None)
        if target is None:
            return
        wishes, start, answers = [("bea", 0, target), ("ada", 1, "cancelled")], Barrier(2), dict[str, httpx.Response]()

        def wish(name: str, door: int, target: str) -> None:
            more = {"writerId": self.keys["wren"]} if target == "assigned" else {}
            caller = self.caller(name, door)
            start.wait()
            answers[name] = caller.move(order.id, target, version=order.version, **more)

        both = [Thread(target=wish, args=each) for each in wishes]
        for each in both:
            each.start()
        for each in both:
            each.join()
        self.one_has_won(order, wishes, answers)

    def one_has_won(self, order: Order, wishes: list[tuple[str, int, str]], answers: dict[str, httpx.Response]) -> None:
        """One of the two is answered 200, the other that it was too late, and how the order stands."""
        assert sorted(map(said, answers.values())) == [(200, None), (409, "CONFLICT")]
        ((name, _, target),) = [wish for wish in wishes if answers[wish[0]].is_success]
        self.agency.move(order, name, target, "wren" if target == "assigned" else None)
        told = {(answer.json()["status"], answer.json()["version"]) for answer in answers.values()}
        assert told == {(order.status, order.version)}

    def teardown(self) -> None:
        """The day is over: nothing is left in anybody's hands, and every history is whole."""
        for order in self.agency.orders:
            if order.status not in FINAL:
                self.caller("ada", 0).move(order.id, "cancelled")
        assert self.desk.faults() == []


@pytest.fixture
def doors(desk: Desk, door: httpx.Client) -> Iterator[list[httpx.Client]]:
    """This process's, or in the long run those of two."""
    with ExitStack() as until_then:
        if not IS_LONG:
            yield [door]
            return
        more = {"DATA_DIR": str(desk.folder), "REQUESTS_A_MINUTE": "1000000"}
        servers = [Server(desk.folder, desk.url, **more) for _ in range(2)]
        for server in servers:
            until_then.callback(server.stop)
            server.start()
        yield [until_then.enter_context(httpx.Client(base_url=server.url, timeout=60)) for server in servers]


@on_sqlite
def test_whatever_people_do_it_is_as_it_should_be(desk: Desk, doors: list[httpx.Client]) -> None:
    how = settings(
        max_examples=times(4, 120),
        stateful_step_count=STEPS,
        database=None,
        derandomize=not IS_LONG,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        phases=[Phase.generate, Phase.shrink],
    )

    run_state_machine_as_test(type("Day", (Life,), {"desk": desk, "doors": doors}), settings=how)
