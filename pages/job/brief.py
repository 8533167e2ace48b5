"""The brief of an order: what the client wants, what they answered, and what is to be revised."""

from nicegui import ui

from models.job import Job
from pages.job.amend import AmendButtons
from pages.live import Live
from pages.parts import headings, job_facts
from pages.parts.words import Prose, typed
from workflow.text import prose


class Brief:
    """Instructions and answers, with the buttons that change them."""

    def __init__(self, live: Live, job: Job) -> None:
        with ui.element("div").classes("section-head"):
            headings.section("Brief")
        self.instructions = Prose().classes("brief panel")
        with ui.element("dl").classes("answers panel") as answers:
            for answer in job.answers:
                with ui.element("div"):
                    with ui.element("dt"):
                        typed(answer["question"]).classes("muted")
                    with ui.element("dd"):
                        Prose(answer["answer"]).classes("brief")
        answers.set_visibility(bool(job.answers))
        self.revision = Prose().classes("brief panel revision")
        self.buttons = AmendButtons(live, job)

    def show(self, job: Job) -> None:
        """Show the brief as it stands now."""
        self.instructions.show(instructions(job))
        self.revision.show(job_facts.to_revise(job))
        self.revision.set_visibility(bool(job.asked_for))
        self.buttons.show(job)


def instructions(job: Job) -> str:
    """What the client wants, in their words."""
    return job.instructions or "No instructions were given."


def prepare(job: Job) -> None:
    """Have all texts of the brief rendered, off the event loop."""
    prose.prepare(instructions(job), job_facts.to_revise(job), *(answer["answer"] for answer in job.answers))
