"""The brief of an order: what the client wants, what they answered, and what is to be revised."""

from nicegui import ui

from models.job import Job
from pages.live import Live
from pages.parts.amend import AmendButtons


class Brief:
    """Instructions and answers, with the buttons that change them."""

    def __init__(self, live: Live, job: Job) -> None:
        with ui.element("div").classes("section-head"):
            ui.label("Brief").classes("section-title").props("role=heading aria-level=2")
        self.instructions = ui.label().classes("brief panel")
        with ui.element("dl").classes("answers panel") as answers:
            for answer in job.answers:
                with ui.element("div"):
                    with ui.element("dt"):
                        ui.label(answer["question"]).classes("muted")
                    with ui.element("dd"):
                        ui.label(answer["answer"]).classes("brief")
        answers.set_visibility(bool(job.answers))
        self.revision = ui.label().classes("brief panel revision")
        self.buttons = AmendButtons(live, job)

    def show(self, job: Job) -> None:
        """Show the brief as it stands now."""
        self.instructions.set_text(job.instructions or "No instructions were given.")
        self.revision.set_text(f"To be revised: {job.asked_for}" if job.asked_for else "")
        self.revision.set_visibility(bool(job.asked_for))
        self.buttons.show(job)
