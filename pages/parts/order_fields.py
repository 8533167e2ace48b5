"""The fields of an order: what kind of work, how much of it, by when, and what it will cost as one types."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

from models.job import Job
from models.user import User
from models.work_type import WorkType
from pages.parts import job_facts
from pages.parts.times import at, in_days
from workflow import checks, money
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.refusals import InvalidField

UNITS = ["words", "pages", "hours", "pieces"]
FREE = ""
"""The choice of somebody who finds none of the kinds: the agency will name the price."""

USUAL_DAYS = 7
"""Where no kind of work says otherwise."""


class OrderFields:
    """Title, kind, quantity, deadline, questions and instructions; `content` is all that was filled in, for a draft.

    It begins with what was `begun`, the same as `content`. Each field is made with its value: one that is set later
    undoes what somebody on a slow line has typed by then. With `priced`, the amount can be typed: by staff, and by
    everybody where there is no price list.
    """

    def __init__(
        self,
        kinds: list[WorkType],
        currency: str,
        zone: str,
        begun: dict[str, Any] | None = None,
        *,
        locale: str = "",
        by_staff: bool = False,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        """`changed` hears of whatever somebody fills in; `locale` is how they write dates and numbers."""
        self.begun = begun or {}
        self.kinds = {kind.name: kind for kind in kinds}
        self.currency, self.zone, self.priced = currency, zone, by_staff or not kinds
        self.locale = locale
        self.changed: Callable[[], object] = lambda: None  # making the fields changes nothing
        self.answers: dict[str, ui.textarea] = {}
        self._what()
        self._how_much()
        self._by_when()
        self.questions = ui.element("div").classes("order-main")
        self.instructions = ui.textarea("Instructions", value=self._first("instructions", ""), on_change=self._touched)
        self.instructions.props("outlined autogrow").classes("full tall")
        self.price = ui.label().classes("price").props("role=status data-price")
        self._show_kind()
        self.changed = changed

    def _first(self, name: str, otherwise: str) -> str:
        """What a field begins with."""
        known = self.begun.get(name)
        return otherwise if known is None else str(known)

    def _what(self) -> None:
        self.title = ui.input("Title", value=self._first("title", ""), on_change=self._touched).props(
            "outlined autofocus maxlength=200"
        )
        self.title.classes("full")
        if not self.kinds:
            self.work_type = ui.input("Kind of work", value=self._first("work_type", ""), on_change=self._touched)
            self.work_type.props("outlined maxlength=60")
            return
        named = {
            name: f"{name} · {job_facts.list_price(kind, self.currency, self.locale)}"
            for name, kind in self.kinds.items()
        }
        named[FREE] = "Something else: we will tell you the price"
        wanted = self._first("work_type", "?")  # a kind that is offered no more is left out
        first = wanted if wanted in named else next(iter(named))
        self.work_type = ui.select(named, value=first, label="Kind of work", on_change=self._chosen)
        self.work_type.props("outlined")

    def _how_much(self) -> None:
        with ui.element("div").classes("form-row"):
            self.quantity = ui.input("Quantity", value=self._first("quantity", "1000"), on_change=self._touched)
            self.quantity.props("outlined inputmode=numeric")
            unit = self._first("unit", UNITS[0])
            self.unit = ui.select(
                UNITS, value=unit if unit in UNITS else UNITS[0], label="Unit", on_change=self._touched
            ).props("outlined")
            self._listed = self._list_price() or 0
            amount = self._first("amount", money.decimal(self._listed, self.currency))
            self.amount = ui.input(f"Amount ({self.currency})", value=amount, on_change=self._touched)
            self.amount.props("outlined inputmode=decimal").set_visibility(self.priced)

    def _by_when(self) -> None:
        with ui.element("div").classes("form-row"):
            self._usual = self._usual_day()
            self.day = ui.input("Deadline", value=self._first("day", self._usual), on_change=self._touched).props(
                "outlined type=date stack-label"
            )
            self.hour = ui.input("At", value=self._first("hour", "17:00"), on_change=self._touched)
            zone = self.zone.replace("_", " ")
            self.hour.props("outlined type=time stack-label").props["hint"] = f"Your time ({zone})"

    @property
    def named(self) -> Mapping[str, ValidationElement[Any]]:
        """The fields, by the names that refusals give them."""
        named = ("title", "instructions", "work_type", "quantity", "unit", "amount")
        return {name: getattr(self, name) for name in named} | {"deadline": self.day}

    @property
    def kind(self) -> WorkType | None:
        """The kind of work that is chosen from the list."""
        return self.kinds.get(self.work_type.value or FREE)

    def _chosen(self) -> None:
        self._show_kind()
        self._touched()

    def _show_kind(self) -> None:
        """What a kind of work brings with it: its unit, its usual days, and its questions."""
        kind = self.kind
        self.unit.set_visibility(kind is None)
        self.quantity.props["suffix"] = kind.unit if kind else ""
        if self.day.value == self._usual != self._usual_day():  # a day that somebody chose stays
            self.day.set_value(self._usual_day())
        self._usual = self._usual_day()
        self.questions.clear()
        with self.questions:
            self.answers = {question: self._asked(question) for question in (kind.questions if kind else ())}
        self._show_price()

    def _asked(self, question: str) -> ui.textarea:
        begun = self.begun.get("answers", {}).get(question, "")
        field = ui.textarea(question, value=begun, on_change=self._touched)
        return field.props("outlined autogrow rows=1").classes("full")

    def _usual_day(self) -> str:
        then = in_days(self.kind.usual_days if self.kind else USUAL_DAYS, self.zone)
        return f"{then:%Y-%m-%d}"

    def _list_price(self) -> int | None:
        """What the list says for this kind and quantity, in minor units; None where it says nothing."""
        try:
            return self.kind.amount(checks.number("quantity", self.quantity.value)) if self.kind else None
        except InvalidField:
            return None

    def _touched(self) -> None:
        self._show_price()
        self.changed()

    def _show_price(self) -> None:
        kind = self.kind
        self.price.set_visibility(bool(self.kinds))
        if kind is None:
            self.price.set_text("We will tell you the price before any work begins.")
            return
        try:
            amount = kind.amount(checks.number("quantity", self.quantity.value))
        except InvalidField as error:
            self.price.set_text(error.sentence)
            return
        self.price.set_text(f"Price: {money.shown(amount, self.currency, self.locale)}")
        if self.priced and amount != self._listed:  # what staff typed stands until the list says something new
            self._listed = amount
            self.amount.set_value(money.decimal(amount, self.currency))

    def content(self) -> dict[str, Any]:
        """All that was filled in, as a draft keeps it."""
        fields = ("title", "instructions", "work_type", "quantity", "unit", "amount", "day", "hour")
        said = {name: getattr(self, name).value for name in fields}
        return said | {"answers": {question: field.value for question, field in self.answers.items()}}

    def order(self, client: User | None = None, by: User | None = None) -> Order:
        """What is ordered, for this client; raises InvalidField for all that does not fit."""
        kind = self.kind
        words = Order(
            title=self.title.value or "",
            instructions=self.instructions.value or "",
            work_type=self.work_type.value or "",
            unit=kind.unit if kind else str(self.unit.value),
            client_id=client.id if client else None,
            answers=tuple((question, field.value or "") for question, field in self.answers.items()),
        )
        numbers = checks.together(
            words=lambda: placing.check(words, by=by),
            quantity=lambda: checks.number("quantity", self.quantity.value),
            amount=lambda: money.typed(self.amount.value or "0", self.currency) if self.priced else None,
            deadline=lambda: at(self.day.value, self.hour.value, self.zone),
        )
        del numbers["words"]
        return replace(words, **numbers)


def copied(job: Job, kinds: list[WorkType]) -> dict[str, Any]:
    """What an earlier order asked for, to begin with. Its dates and its price are not taken over: terms are today's.

    What the price list has no more is something else: another kind, with its price, is nobody's choice.
    """
    kind = job.work_type if not kinds or job.work_type in {kind.name for kind in kinds} else FREE
    answers = {answer["question"]: answer["answer"] for answer in job.answers}
    what = {"title": job.title, "instructions": job.instructions, "work_type": kind, "answers": answers}
    return what | {"quantity": job.quantity} | ({"unit": job.unit} if job.unit in UNITS else {})
