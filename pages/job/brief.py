"""The brief of an order: what the client wants, what they answered."""

from nicegui import ui

from models.job import Job
from pages.parts import headings, job_facts
from pages.parts.words import Prose, typed
from workflow.text import prose


class Brief:
    """Instructions and answers."""

    def __init__(self, job: Job) -> None:
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

    def show(self, job: Job) -> None:
        """Show the brief as it stands now."""
        self.instructions.show(instructions(job))


def instructions(job: Job) -> str:
    """What the client wants, in their words."""
    return job.instructions or "No instructions were given."


def prepare(job: Job) -> None:
    """Have all texts of the brief rendered, off the event loop."""
    prose.prepare(instructions(job), job_facts.to_revise(job), *(answer["answer"] for answer in job.answers))
