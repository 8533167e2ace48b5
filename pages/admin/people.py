"""People: who has an account; admins add them, and close or reopen accounts."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.job import loads
from models.mailed_link import MailedLink
from models.second_factor import SecondFactor
from models.user import Role, User
from pages.admin.departure import Heirs, ask_who_takes_over
from pages.admin.hand_over import hand_over
from pages.admin.new_person import Many, ask_for_person
from pages.admin.person import ask_for_change, ask_for_password
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts import headings
from pages.parts.confirmation import sure
from pages.parts.look import Look
from pages.parts.search import plain, remember
from pages.parts.times import when
from workflow.orders import departures
from workflow.people import administration, invitations, second_factor
from workflow.people.invitations import Invitation
from workflow.text import characters

CLOSING = "Their open pages and tokens end at once. Their part of the history stays, and the account can be reopened."

WITHOUT_FACTOR = "Be sure who is asking: then their password or mailbox alone lets them in. Their sign-ins end."
WITHDRAWING = "Their link ends at once, and the account is closed. It can be opened again."

AGAIN, PASSWORD, FACTOR = "Invite again", "Set a password", "Take the second factor away"
"""What is done for somebody who has not come yet, for everybody else, and for who has lost app and codes."""

INVITE = {
    Role.client: "Invite a client",
    Role.writer: "Invite a writer",
    Role.manager: "Invite a manager",
    Role.admin: "Invite an admin",
}

AT_A_TIME = 50
"""How many of a role are shown at first, and how many more at each asking."""

Found = tuple[dict[Role, list[User]], dict[int, int], dict[int, datetime], set[int]]
"""The people of each role, with one more than is shown if there are more; how many orders writers have in hand; until
when those can come in who were invited; and who has a second factor."""


@page("/admin/people", Role.admin)
async def people_page(live: Live, q: str = "") -> None:
    """People; `q` is what is searched for."""
    with frame(live, "People"):
        with ui.element("div").classes("page-head"):
            headings.title("People")
            with ui.row():
                many = ui.button("Invite many", icon="upload_file").props("no-caps outline color=ink")
                one = ui.button("Invite somebody", icon="person_add").props("no-caps unelevated")
        rows = People(live, plain(q))
        await rows.refresh()
        one.on_click(rows.invite)
        many.on_click(rows.invite_many)
        live.refreshers.append(rows.refresh)


class People:
    """The list, by role; a row that is there stays there, with whatever is being typed into it."""

    def __init__(self, live: Live, words: str) -> None:
        self.live = live
        self.look = Look(live, self._read, self._show)
        self.rows: dict[int, Row] = {}
        self.words = ui.input("Search name or address", value=words)
        self.words.props("outlined dense clearable debounce=250 data-search")
        with ui.element("div").classes("people"):
            self.groups = {role: Group(role, self) for role in reversed(Role)}
        self.words.on_value_change(self._search)

    async def _search(self) -> None:
        remember("/admin/people", q=plain(self.words.value))
        await self.refresh()

    async def refresh(self) -> None:
        """Read who there is, and show them."""
        await self.look.again()

    async def _read(self) -> Found:
        words = plain(self.words.value)
        wanted = {role: group.most + 1 for role, group in self.groups.items()}

        def look(session: Session) -> Found:
            found = {role: User.found(session, role, words, most) for role, most in wanted.items()}
            return found, loads(session), MailedLink.invited_until(session), SecondFactor.everybodys(session)

        return await self.live.read(look)

    def _show(self, found: Found) -> None:
        people, in_hand, until, factors = found
        shown = {role: group.part(people[role]) for role, group in self.groups.items()}
        for gone in self.rows.keys() - {user.key for users in shown.values() for user in users}:
            self.rows.pop(gone).element.delete()
        for role, users in shown.items():
            self.groups[role].show([self._row(user, in_hand, until, factors) for user in users])

    def _row(self, user: User, in_hand: dict[int, int], until: dict[int, datetime], factors: set[int]) -> "Row":
        row = self.rows.get(user.key)
        if row is None:
            with self.groups[user.role].box:
                row = self.rows[user.key] = Row(self, user)
        standing = _standing(user, until.get(user.key), self.live.user)
        row.show(user, in_hand.get(user.key, 0), standing, has_factor=user.key in factors)
        return row

    async def edit(self, user: User) -> None:
        """Put an account right."""
        if await ask_for_change(self.live, user):
            await self.refresh()

    async def set_password(self, user: User) -> None:
        """Set a password for somebody whom no letter reaches."""
        await ask_for_password(self.live, user)

    async def invite_again(self, user: User) -> None:
        """Have a new link for somebody who has not come yet."""
        with refusals_shown():
            actor = await self.live.actor()
            await self._has_invited([await run_in_threadpool(invitations.send_again, user.key, by=actor)])

    async def take_factor(self, user: User) -> None:
        """Take somebody's second factor away, when that is meant."""
        question = f"Take the second factor of {characters.isolated(user.name)} away?"
        if await sure(question, WITHOUT_FACTOR, "Take it away"):
            with refusals_shown():
                await run_in_threadpool(second_factor.take_away, user.key, by=await self.live.actor())
                await self.refresh()

    async def withdraw(self, user: User) -> None:
        """Take an invitation back, when that is meant."""
        question = f"Withdraw the invitation of {characters.isolated(user.name)}?"
        if await sure(question, WITHDRAWING, "Withdraw it"):
            with refusals_shown():
                await run_in_threadpool(invitations.withdraw, user.key, by=await self.live.actor())
                await self.refresh()

    async def toggle(self, user: User) -> None:
        """Close this account, when that is meant, or reopen it; of who has not come yet, withdraw the invitation."""
        if _is_awaited(user):
            await self.withdraw(user)
            return
        heirs: Heirs | None = Heirs()
        if user.active:
            question = f"Close the account of {characters.isolated(user.name)}?"
            heirs = await ask_who_takes_over(self.live, user, question, CLOSING, "Close the account")
        if heirs is not None:
            with refusals_shown():
                said, actor = {"active": not user.active}, await self.live.actor()
                await run_in_threadpool(departures.change, user.key, said, by=actor, **vars(heirs))
                await self.refresh()

    async def set_capacity(self, user: User, limit: int | None) -> None:
        """Give a writer a limit of their own; None leaves it to the agency's rule."""
        if limit != user.capacity:
            with refusals_shown():
                actor = await self.live.actor()
                await run_in_threadpool(administration.change, user.key, {"capacity": limit}, by=actor)

    async def invite(self, role: Role = Role.client) -> None:
        """Invite somebody, most likely for this role."""
        await self._has_invited(await ask_for_person(self.live, role))

    async def invite_many(self) -> None:
        """Invite many at once."""
        await self._has_invited(await Many(self.live).ask())

    async def _has_invited(self, invited: list[Invitation]) -> None:
        if invited:
            await self.refresh()
            await hand_over(invited)


class Group:
    """The people of one role; `most` is how many are shown."""

    def __init__(self, role: Role, rows: People) -> None:
        self.most = AT_A_TIME
        with ui.element("section").classes("section"):
            with ui.element("div").classes("page-head"):
                headings.section(f"{role.capitalize()}s")
                one = ui.button(INVITE[role], icon="person_add")
                one.on_click(partial(rows.invite, role)).props("flat dense no-caps color=ink")
            self.empty = ui.label(f"There is no such {role}.").classes("empty")
            self.box = ui.element("div").classes("section")

            async def show_more() -> None:
                self.most += AT_A_TIME
                await rows.refresh()

            self.more = once(ui.button("Show more", icon="expand_more"), show_more).props("flat no-caps color=ink")

    def part(self, found: list[User]) -> list[User]:
        """Those that are shown; whether there are more is shown too."""
        self.more.set_visibility(len(found) > self.most)
        return found[: self.most]

    def show(self, rows: "list[Row]") -> None:
        """Have exactly these rows, in this order."""
        self.empty.set_visibility(not rows)
        for place, row in enumerate(rows):
            here = self.box.default_slot.children
            if place >= len(here) or here[place] is not row.element:
                row.element.move(self.box, place)


class Row:
    """One person: how things stand with them, and what can be changed."""

    def __init__(self, rows: People, user: User) -> None:
        self.user, self.limit = user, None
        with ui.element("div").classes("person-row") as self.element:
            with ui.element("div").classes("news-text"):
                self.name = ui.label().props("dir=auto").classes("person-name")
                self.about = ui.label().classes("muted")
            if user.role is Role.writer:
                self.limit = ui.number("Limit", value=user.capacity, min=0, precision=0)
                self.limit.props("outlined dense debounce=800").classes("limit")
                self.limit.on_value_change(lambda event: rows.set_capacity(self.user, _whole(event.value)))
            self.buttons = {"Edit": self._button(lambda: rows.edit(self.user))}
            if user.id != rows.live.user.id:
                self.buttons[AGAIN] = self._button(lambda: rows.invite_again(self.user))
                self.buttons[PASSWORD] = self._button(lambda: rows.set_password(self.user))
                self.buttons[FACTOR] = self._button(lambda: rows.take_factor(self.user))
                self.buttons[""] = self._button(lambda: rows.toggle(self.user))

    def _button(self, press: Callable[[], object]) -> ui.button:
        return ui.button(on_click=press).props("flat dense no-caps color=ink")

    def show(self, user: User, number: int, standing: str, *, has_factor: bool) -> None:
        """Show them as they are now, with so many orders in hand, and how it stands with their account."""
        shown = {AGAIN: _is_awaited(user), PASSWORD: not _is_awaited(user), FACTOR: has_factor}
        before, self.user = self.user, user
        self.element.props["data-user"] = user.email
        self.name.set_text(user.name)
        hand = f" · {number} in hand" if user.role is Role.writer else ""
        factor = "" if not user.is_staff else " · second factor" if has_factor else " · no second factor"
        self.about.set_text(f"{user.email}{hand}{factor}{standing}")
        for name, button in self.buttons.items():
            word = name or _ending(user)
            button.set_visibility(shown.get(name, True))
            button.set_text(word)
            button.props["aria-label"] = f"{word}: {user.email}"
        if self.limit:
            self.limit.props["aria-label"] = f"Most orders in hand: {user.email}"
            if before.capacity != user.capacity != _whole(self.limit.value):  # what is typed here meanwhile stays
                self.limit.set_value(user.capacity)


def _standing(user: User, until: datetime | None, reader: User) -> str:
    if not user.active:
        return " · account closed"
    if not _is_awaited(user):
        return ""
    return f" · invited until {when(until, reader)}" if until else " · invited, the link is over"


def _is_awaited(user: User) -> bool:
    """Whether this account waits for its person to come in for the first time."""
    return user.active and user.invited_at is not None


def _ending(user: User) -> str:
    if _is_awaited(user):
        return "Withdraw"
    return "Close account" if user.active else "Reopen account"


def _whole(typed: float | None) -> int | None:
    return None if typed is None else int(typed)
