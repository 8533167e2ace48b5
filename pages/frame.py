"""The frame around every page: who is signed in, the header with the bell, and how refusals are shown."""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

import settings
from models.causes import Busy
from models.user import Role, User
from pages import building, cookie
from pages.bell import Bell
from pages.building import Build
from pages.error_pages import told
from pages.live import Live, asked_for
from pages.summary import Summary
from pages.trouble import banner
from workflow.people import agency, sign_ins
from workflow.refusals import InvalidField, Refused

HOMES = {Role.client: "/client", Role.writer: "/writer", Role.manager: "/manager", Role.admin: "/admin"}

_DESK = [("All orders", "/all", "list_alt"), ("New order", "/new", "add_circle")]

LINKS = {
    Role.client: [("My orders", "/client", "inbox"), ("New order", "/new", "add_circle")],
    Role.writer: [("My work", "/writer", "edit_note")],
    Role.manager: [("Desk", "/manager", "view_kanban"), *_DESK],
    Role.admin: [("Desk", "/admin", "view_kanban"), *_DESK],
}
"""What stands in the header, by role: name, address, icon."""

SETTINGS = {
    Role.admin: [
        ("People", "/admin/people", "group"),
        ("Kinds of work", "/admin/work", "sell"),
        ("Rules", "/admin/rules", "rule"),
        ("Agency", "/admin/agency", "storefront"),
        ("Mail", "/admin/mail", "mail"),
        ("Lifecycle", "/admin/lifecycle", "schema"),
        ("Records", "/admin/records", "verified"),
        ("Desk log", "/admin/log", "policy"),
    ],
}
"""What is asked for more rarely, by role: behind one button of the header."""

LOGO = "/agency/logo"
"""Where the agency's logo is, when it has one."""

DARK = {"dark": True, "light": False}
"""The themes that do not follow the device."""

AWAY = "The connection is away. What you type stays here, and what you press is sent once it is back."


def page(path: str, *roles: Role) -> Callable[[Build], Build]:
    """A page for these roles (none named: for everybody who is signed in); it is handed the `Live` of this opening.

    Who is not signed in goes to the sign-in page, who has another role to their own home.
    """

    def decorate(build: Build) -> Build:
        async def guarded(request: Request, **parts: Any) -> Response | None:
            key = cookie.key(request)
            user = await run_in_threadpool(sign_ins.visiting, key)
            if user is None:
                return await _to_sign_in(request)
            if roles and user.role not in roles:
                return RedirectResponse(HOMES[user.role], 303)
            live = Live(user, key)
            await live.start()
            await build(live, **parts)
            live.join()
            return None

        own = [part for name, part in inspect.signature(build).parameters.items() if name != "live"]
        asked = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
        guarded.__signature__ = inspect.Signature([asked, *own])
        building.at(path)(guarded)
        return build

    return decorate


async def _to_sign_in(request: Request) -> Response:
    if not await run_in_threadpool(agency.is_set_up):
        return RedirectResponse("/setup", 303)
    return RedirectResponse(f"/login?next={quote(asked_for(request))}", 303)


@contextmanager
def frame(live: Live, title: str) -> Iterator[None]:
    """The shell around a page's own content."""
    ui.page_title(f"{title} · {live.agency.name}")
    colour(live.agency.colour)
    _theme(live)
    with ui.header().classes("top"):
        ui.link("Skip to the content", "#content").classes("skip")
        with ui.link(target=HOMES[live.user.role]).classes("logo") as home:
            home.props["aria-label"] = f"{live.agency.name}, to your start page"
            logo(live.agency.name, live.agency.has_logo)
            ui.label(live.agency.name).props("dir=auto").classes("logo-name")
        with ui.element("nav").classes("links"):
            _links(live.user)
        Bell(live)
        _person(live)
        ui.label(AWAY).classes("away").props("role=alert")
        banner(live)
    with ui.element("div").classes("content").props(f"id=content tabindex=-1 data-person={live.user.key}"):
        yield


def colour(name: str) -> None:
    """Show the page in this colour of assets/theme.css."""
    ui.add_head_html(f'<meta name="colour" content="{name}">')


def logo(name: str, own: bool, size: str = "") -> None:
    """The agency's own logo, or Docket's mark while it has none."""
    if own:
        ui.element("img").props(f'src="{LOGO}"').classes(f"logo-own {size}")._props["alt"] = name
    else:
        ui.element("span").classes(f"logo-mark {size}")


def _links(user: User) -> None:
    here = ui.context.client.request.url.path
    for name, address, icon in LINKS[user.role]:
        link = ui.link(target=address)
        link.props["aria-label"] = name
        if address == here:
            link.props('aria-current="page"')
        with link:
            ui.icon(icon).props("aria-hidden=true")
            ui.label(name)
    if own := SETTINGS.get(user.role):
        _settings(own, here)


def _settings(links: list[tuple[str, str, str]], here: str) -> None:
    """One button for many links, which are links all the same: to Tab to, to open in a tab of their own."""
    button = ui.button("Settings", icon="settings").props('flat no-caps color=ink aria-label="Settings"')
    button.classes("settings")
    if here in {address for _, address, _ in links}:
        button.props('aria-current="true"')
    with _unfolded_by(button), ui.element("nav").classes("settings-links").props('aria-label="Settings"'):
        for name, address, icon in links:
            with ui.link(target=address) as link:
                ui.icon(icon).props("aria-hidden=true")
                ui.label(name)
            if address == here:
                link.props('aria-current="page"')


def _unfolded_by(button: ui.button) -> ui.menu:
    """What a button unfolds that holds no commands: no menu to a screen reader, which is told whether it is open."""
    with button.props("aria-expanded=false"):
        menu = ui.menu().props("role=none")
    return menu.on_value_change(
        lambda event: button.props("aria-expanded=true" if event.value else "aria-expanded=false")
    )


def _theme(live: Live) -> None:
    dark = ui.dark_mode(DARK.get(live.user.theme))
    live.user_handlers.append(lambda: dark.set_value(DARK.get(live.user.theme)))


def _person(live: Live) -> None:
    button = ui.button(icon="account_circle").props('flat round color=ink aria-label="Your account"')
    with _unfolded_by(button), ui.column().classes("account").props('role=dialog aria-label="Your account"'):
        name = ui.label(live.user.name).props("dir=auto").classes("account-name")
        live.user_handlers.append(lambda: name.set_text(live.user.name))
        ui.label(f"{live.user.role.capitalize()} · {live.user.email}").classes("muted")
        ui.link("Profile", "/profile")
        ui.link("Find", "#find")
        ui.link("Keys", "#help")
        if settings.current().demo:
            ui.link("Letters of the demo", "/outbox")
        with ui.element("form").props('method="post" action="/logout"'):
            ui.button("Sign out", icon="logout").props("flat no-caps type=submit")


def once(button: ui.button, press: Callable[[], Awaitable[object]]) -> ui.button:
    """Have a press of the button do this, and a second press nothing while the first is under way."""

    async def pressed() -> None:
        button.disable()
        try:
            await press()
        finally:
            if not button.is_deleted:  # its dialog may be closed by now
                button.enable()

    return button.on_click(pressed)


@contextmanager
def refusals_shown(summary: Summary | None = None, /, **fields: ValidationElement[Any]) -> Iterator[None]:
    """Show why not, when what is tried in this block is refused; it is the one place where pages do so.

    Of these fields, by the names that refusals give them, each that is wrong says so until it is changed; a longer form
    has a summary of them, which leads there.
    """
    for field in fields.values():
        field.error = None
    if summary:
        summary.clear()
    try:
        yield
    except Refused as refusal:
        wrong = refusal.fields if isinstance(refusal, InvalidField) else {}
        for name in fields.keys() & wrong.keys():
            fields[name].error = wrong[name]
        if summary and wrong:
            summary.show([(fields.get(name), sentence) for name, sentence in wrong.items()])
        else:
            ui.notify(refusal.sentence, type="warning", multi_line=True, close_button="OK", timeout=8000)
    except Busy as busy:
        ui.notify(busy.sentence, type="warning", multi_line=True)


def mishap_shown(error: Exception) -> None:
    """Tell of what went wrong behind a press or a timer, on the page where it did."""
    mishap = told(error)
    with suppress(RuntimeError):  # it was on no page, or on one that was left
        ui.notify(mishap.sentence, type="warning", multi_line=True)
