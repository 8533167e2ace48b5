"""The dialogs that invite: one person, or many at once from a list."""

from collections import Counter

from fastapi.concurrency import run_in_threadpool
from nicegui import events, ui

from models.user import Role
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from pages.summary import Summary
from workflow.people import guest_lists, invitations
from workflow.people.guest_lists import Line
from workflow.people.invitations import Guest, Invitation

ROLES = {role.value: role.capitalize() for role in Role}

BY_MAIL = (
    "A letter brings them a link that is good for seven days. They choose a password, or come in by mail each time."
)
BY_HAND = "No mail server is set: you get a link to hand over, which is good for seven days."

HOW = "One person a line: name, address, role. Rows copied from a spreadsheet will do."
LARGEST_LIST = 1_000_000
"""Bytes."""


def told() -> str:
    """What comes of an invitation."""
    return BY_MAIL if invitations.by_mail() else BY_HAND


async def ask_for_person(live: Live, likely: Role) -> list[Invitation]:
    """Ask who is new, and invite them; returns nothing when the dialog was closed. `likely` is chosen as their role."""
    invited: list[Invitation] = []
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label("Invite somebody").classes("dialog-title")
        summary = Summary()
        name = ui.input("Name").props("outlined autofocus maxlength=100").classes("full")
        email = ui.input("E-mail").props("outlined type=email maxlength=254").classes("full")
        role = ui.select(ROLES, value=likely.value, label="Role").props("outlined").classes("full")
        ui.label(told()).classes("muted")

        async def save() -> None:
            with refusals_shown(summary, name=name, email=email):
                guest, actor = Guest(name.value, email.value, Role(role.value)), await live.actor()
                invited.extend(await run_in_threadpool(invitations.invite, [guest], by=actor))
                dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            button = once(ui.button("Invite"), save).props("no-caps unelevated data-confirm")
        email.on("keydown.enter", js_handler=f"() => getHtmlElement({button.id}).click()")
    await answer(dialog)
    return invited


class Many:
    """A list of people, typed, pasted or out of a file: each line is judged as it stands there."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.lines: list[Line] = []
        self.invited: list[Invitation] = []
        with ui.dialog() as self.dialog, ui.card().classes("dialog wide"):
            ui.label("Invite many").classes("dialog-title")
            ui.label(f"{HOW} {told()}")
            self.typed = ui.textarea("People", placeholder="Wren Walsh, wren@example.com, writer")
            self.typed.props("outlined autofocus debounce=300").classes("full")
            with ui.element("div").classes("form-row"):
                self.role = ui.select(ROLES, value=Role.client.value, label="Role, where a line names none")
                self.role.props("outlined")
                upload = ui.upload(auto_upload=True, max_files=1, on_upload=self._take).classes("hidden")
                choose = ui.button("Choose a CSV file", icon="upload_file").props("no-caps outline color=ink")
                choose.on("click", js_handler=f"() => getElement({upload.id}).pickFiles()")
            self.found = ui.element("div").classes("verdicts").props("role=status")
            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=self.dialog.close).props("flat no-caps color=ink")
                self.button = once(ui.button("Invite"), self._invite).props("no-caps unelevated data-confirm")
        self._show()
        self.typed.on_value_change(self._judge)
        self.role.on_value_change(self._judge)

    async def ask(self) -> list[Invitation]:
        """Let the list be made, and invite whom it names; returns nothing when the dialog was closed."""
        await answer(self.dialog)
        return self.invited

    async def _judge(self) -> None:
        self.lines = []
        with refusals_shown(people=self.typed):
            actor = await self.live.actor()
            words, role = self.typed.value or "", Role(self.role.value)
            self.lines = await run_in_threadpool(guest_lists.read, words, role, by=actor)
        self._show()

    @property
    def _guests(self) -> list[Guest]:
        return [line.guest for line in self.lines if line.guest]

    def _show(self) -> None:
        """How many will be invited, and each line that will not do."""
        number = len(self._guests)
        self.button.set_text(f"Invite {number}" if number else "Invite")
        self.button.set_enabled(number > 0)
        self.found.clear()
        with self.found:
            for role, many in Counter(guest.role for guest in self._guests).items():  # a line may name its own
                ui.label(f"{ROLES[role]}: {many}")
            for line in self.lines:
                if line.problem:
                    with ui.element("div").props('data-eligible="false"'):
                        ui.label(f"Line {line.number}: {line.problem}")
                        ui.label(line.words).props("dir=auto").classes("muted")
            if self.lines and number < len(self.lines):
                ui.label("These lines are left out unless you put them right.").classes("muted")

    async def _take(self, event: events.UploadEventArguments) -> None:
        with refusals_shown(people=self.typed):
            await self.live.actor()
            content = await anext(event.file.iterate(chunk_size=LARGEST_LIST), b"")
            self.typed.set_value(guest_lists.decoded(content))

    async def _invite(self) -> None:
        with refusals_shown(people=self.typed):
            actor = await self.live.actor()
            self.invited += await run_in_threadpool(invitations.invite, self._guests, by=actor)
            self.dialog.submit(True)
