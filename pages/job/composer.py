"""The composer: say something about an order, to everybody around it or within the team."""

from functools import partial

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.comment import Audience
from models.job import Job
from models.user import Role, User
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts import unsent_words
from workflow.orders import comments
from workflow.text import mentions

TO_TEAM, TO_ALL, SEND = "To the team only", "Send to everybody", "Send"


class Composer:
    """A field, and a button for each who may read it; the words stay until they are said."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        self._offered: list[str] = []
        with ui.element("div").classes("panel composer"):
            self.words = ui.textarea("Write a comment").props("outlined dense autogrow")
            unsent_words.keep(self.words.classes("full"), "comment")
            self.names = ui.element("div").classes("names").props('role=group aria-label="Call somebody"')
            with ui.row().classes("dialog-buttons"):
                if live.user.role is not Role.client:
                    team = once(ui.button(TO_TEAM, icon="lock"), partial(self.send, Audience.team))
                    team.props("no-caps outline color=ink data-send-team")
                send = ui.button(SEND if live.user.role is Role.client else TO_ALL, icon="send")
                once(send, partial(self.send, Audience.everybody)).props("no-caps unelevated data-send")
        self._offer()

    def show(self, job: Job) -> None:
        """Offer to call those who are around the order now."""
        self.job = job
        self._offer()

    def _offer(self) -> None:
        around = [self.job.client, self.job.writer, self.job.manager]
        names = mentions.shortest([user for user in around if user and self._can_be_called(user)])
        if names == self._offered:
            return
        self._offered = names
        self.names.clear()
        with self.names:
            for name in names:
                button = ui.button(f"@{name}", on_click=partial(self._call, name))
                button.props("flat dense no-caps color=ink")
                button.props["aria-label"] = f"Mention @{name}"

    def _can_be_called(self, user: User) -> bool:
        return user.active and user.id != self.live.user.id

    def _call(self, name: str) -> None:
        before = self.words.value or ""
        gap = " " if before and not before[-1].isspace() else ""
        self.words.set_value(f"{before}{gap}@{name} ")
        self.words.run_method("focus")

    async def send(self, audience: Audience) -> None:
        """Say it to these."""
        with refusals_shown(body=self.words):
            said = self.words.value or ""
            actor = await self.live.actor()
            await run_in_threadpool(comments.say, self.job.key, said, by=actor, audience=audience)
            if self.words.value == said:  # else somebody goes on typing already
                self.words.set_value("")
                unsent_words.drop(self.live.client, "comment")
