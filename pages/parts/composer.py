"""The composer: say something about an order, to everybody around it or within the team."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.comment import Audience
from models.job import Job
from models.user import Role
from pages.frame import once, refusals_shown
from pages.live import Live
from workflow import talk

AUDIENCES = {Audience.everybody.value: "Everybody", Audience.team.value: "Team only"}


class Composer:
    """A field, whom it is for, and a button; the words stay until they are said."""

    def __init__(self, live: Live, job: Job) -> None:
        self.live, self.job = live, job
        with ui.element("div").classes("panel composer"):
            self.words = ui.textarea("Write a comment").props("outlined dense autogrow data-keep=comment")
            self.words.classes("full")
            with ui.element("div").classes("page-head"):
                self.audience = ui.toggle(AUDIENCES, value=Audience.everybody.value)
                self.audience.props('no-caps unelevated dense toggle-color=primary aria-label="Who may read it"')
                self.audience.set_visibility(live.user.role is not Role.client)
                once(ui.button("Send", icon="send"), self.send).props("no-caps unelevated data-send")

    async def send(self) -> None:
        """Say it."""
        with refusals_shown():
            audience = Audience(self.audience.value)
            actor = await self.live.actor()
            await run_in_threadpool(talk.say, self.job.key, self.words.value or "", by=actor, audience=audience)
            self.words.set_value("")
