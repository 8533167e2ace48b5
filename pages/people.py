"""People: who has an account; admins add them, and close or reopen accounts."""

from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.job import loads
from models.user import Role, User
from pages.frame import frame, page, refusals_shown
from pages.live import Live
from pages.parts.new_person import ask_for_person
from pages.parts.person import ask_for_change, ask_for_password
from pages.parts.sure import sure
from workflow import accounts, characters, people

CLOSING = "Their open pages and tokens end at once. Their orders and their part of the history stay."

Found = tuple[list[User], dict[int, int]]
"""Everybody, and how many orders each writer has in hand."""


@page("/admin/people", Role.admin)
async def people_page(live: Live) -> None:
    """People."""
    with frame(live, "People"):
        with ui.element("div").classes("page-head"):
            ui.label("People").classes("page-title").props("role=heading aria-level=1")
            add = ui.button("Add somebody", icon="person_add").props("no-caps unelevated")
        rows = People(live)
        await rows.refresh()
        add.on_click(rows.add)
        live.refreshers.append(rows.refresh)


class People:
    """The list, by role."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.box = ui.element("div").classes("people")

    async def refresh(self) -> None:
        """Read who there is, and show them."""

        def look(session: Session) -> Found:
            return User.everybody(session), loads(session)

        users, in_hand = await self.live.read(look)
        self.box.clear()
        with self.box:
            for role in reversed(Role):
                self._group(role, [user for user in users if user.role is role], in_hand)

    def _group(self, role: Role, users: list[User], in_hand: dict[int, int]) -> None:
        with ui.element("section").classes("section"):
            ui.label(f"{role.capitalize()}s").classes("section-title").props("role=heading aria-level=2")
            if not users:
                ui.label(f"There is no {role} yet.").classes("empty")
            for user in users:
                self._person(user, in_hand.get(user.key, 0))

    def _person(self, user: User, number: int) -> None:
        with ui.element("div").classes("person-row") as row:
            row.props["data-user"] = user.email
            with ui.element("div").classes("news-text"):
                ui.label(user.name).props("dir=auto").classes("person-name")
                hand = f" · {number} in hand" if user.role is Role.writer else ""
                ui.label(f"{user.email}{hand}{'' if user.active else ' · account closed'}").classes("muted")
            if user.role is Role.writer:
                self._capacity(user)
            self._button("Edit", user, self.edit)
            if user.id != self.live.user.id:
                self._button("Set a password", user, self.set_password)
                word = "Close account" if user.active else "Reopen account"
                self._button(word, user, self.toggle)

    def _button(self, word: str, user: User, press: Callable[[User], object]) -> None:
        button = ui.button(word, on_click=lambda: press(user)).props("flat dense no-caps color=ink")
        button.props["aria-label"] = f"{word}: {user.email}"

    def _capacity(self, user: User) -> None:
        """The writer's own limit; empty leaves it to the agency's rule."""

        async def save() -> None:
            limit = None if field.value is None else int(field.value)
            if limit != user.capacity:
                with refusals_shown():
                    actor = await self.live.actor()
                    await run_in_threadpool(people.change, user.key, {"capacity": limit}, by=actor)

        field = ui.number("Limit", value=user.capacity, min=0, precision=0, on_change=save)
        field.props("outlined dense debounce=800").classes("limit")
        field.props["aria-label"] = f"Most orders in hand: {user.email}"

    async def edit(self, user: User) -> None:
        """Put an account right."""
        if await ask_for_change(self.live, user):
            await self.refresh()

    async def set_password(self, user: User) -> None:
        """Set a password for somebody whom no letter reaches."""
        await ask_for_password(self.live, user)

    async def toggle(self, user: User) -> None:
        """Close this account, when that is meant, or reopen it."""
        question = f"Close the account of {characters.isolated(user.name)}?"
        if user.active and not await sure(question, CLOSING, "Close the account"):
            return
        with refusals_shown():
            actor = await self.live.actor()
            await run_in_threadpool(accounts.set_active, user.key, not user.active, by=actor)
            await self.refresh()

    async def add(self) -> None:
        """Add somebody."""
        if await ask_for_person(self.live):
            await self.refresh()
