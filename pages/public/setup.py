"""The first start: the agency's name, its first admin, and sample orders if wanted."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from boundary import asked_for, is_from_here, is_loopback
from pages import building
from pages.frame import refusals_shown
from pages.parts import headings, unsent_words
from pages.public import entrance
from pages.summary import Summary
from workflow.demo import sample
from workflow.people import accounts, first_start
from workflow.people.agency import is_set_up
from workflow.people.passwords import SHORTEST

WHERE = "Docket printed it when it was started; it is in setup.key in the data folder too"


@building.at("/setup", "Welcome · Docket")
async def setup_page(request: Request) -> Response | None:
    """Set up the agency; there is no second time."""
    if await run_in_threadpool(is_set_up):
        return RedirectResponse("/login", 303)
    with ui.element("div").classes("door"):
        ui.element("span").classes("logo-mark big")
        headings.title("Welcome to Docket")
        ui.label("A minute, and your order desk is open.").classes("muted")
        with entrance.form("/login", zone="").props("novalidate") as place:  # once there is an agency, it signs in
            unsent_words.keep_for_nobody(place, "setup")
            summary = Summary()
            key = ui.input("Key").props(f'outlined autocomplete=off hint="{WHERE}"')
            key.set_visibility(not _is_at_home(request))
            agency = ui.input("Your agency's name").props("outlined autofocus")
            name = ui.input("Your name").props("outlined autocomplete=name")
            email = ui.input("E-mail").props("outlined name=email type=email autocomplete=username")
            password = ui.input("Password", password=True, password_toggle_button=True)
            password.props(f'outlined name=password autocomplete=new-password hint="At least {SHORTEST} characters"')
            samples = ui.checkbox("Add sample orders, to see how it looks")
            button = ui.button("Open the desk").props("no-caps unelevated size=lg").classes("full")
            busy = ui.linear_progress(show_value=False).props("indeterminate")
            busy.set_visibility(False)

    async def open_desk() -> None:
        button.disable()
        busy.set_visibility(True)
        with refusals_shown(summary, key=key, agency=agency, name=name, email=email, password=password):
            if not _is_at_home(request):
                await run_in_threadpool(first_start.check, key.value, entrance.remote(request))
            await run_in_threadpool(accounts.set_up, agency.value, name.value, email.value, password.value)
            if samples.value:
                await run_in_threadpool(sample.fill)
            first_start.forget()
            unsent_words.drop(place.client, "setup")
            ui.run_javascript(f"getHtmlElement({place.id}).requestSubmit()")
            return
        busy.set_visibility(False)
        button.enable()

    button.on_click(open_desk)
    return None


def _is_at_home(request: Request) -> bool:
    """Whether the browser is on this machine, and asks for it by a name that means nothing else."""
    return is_from_here(request) and is_loopback(asked_for(request) or "")
