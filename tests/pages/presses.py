"""Presses: what hears on a page is pressed again once its sign-in is over, by whoever kept the page.

Whatever somebody does asks who they are. What does not, is declared here: it changes only what the page shows, or opens
a dialog, of which each button is pressed in its turn.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from nicegui import background_tasks
from nicegui.element import Element
from nicegui.elements.choice_element import ChoiceElement
from nicegui.elements.mixins.value_element import ValueElement
from starlette.testclient import TestClient

from models import Job
from pages import cookie, live
from tests.desk import Desk
from tests.workflow.orders.test_files import bring
from workflow.orders import comments, payments
from workflow.people import administration, sign_ins

OPEN = {
    "cleo": "/client /new /jobs/{number} /notifications /profile",
    "wren": "/writer /jobs/{number}",
    "bea": "/manager /all /new /jobs/{number}",
    "ada": "/jobs/{number} /admin /admin/people /admin/work /admin/rules /admin/agency /admin/mail /admin/lifecycle "
    "/admin/records /admin/log",
}
"""Who has which pages open."""

ENDS: dict[str, dict[str, Any]] = {
    "cleo": {"active": False},
    "wren": {"active": False},
    "bea": {"role": "writer"},
    "ada": {"email": "adler@example.com"},
}
"""What ends their sign-ins, in this order: closed, demoted, known by another address."""

OPENS = {
    "pages.admin.people.People.invite",
    "pages.admin.people.People.invite_many",
    "pages.admin.people.Row.__init__.<locals>.<lambda>",
    "pages.admin.work_types.kinds_page.<locals>.<lambda>",
    "pages.own_tokens.OwnTokens._make",
    "pages.bulk_bar.BulkBar._button.<locals>.<lambda>",
    "pages.job.actions.Actions._button.<locals>.<lambda>",
    "pages.job.amend.AmendButton._edit",
    "pages.job.comment_buttons.second_thoughts.<locals>.<lambda>",
    "pages.job.corrections.Corrections._change_client",
    "pages.job.corrections.Corrections._reassign",
    "pages.job.file_list.FileList._line.<locals>.<lambda>",
    "pages.job.hold.Hold._press",
    "pages.job.ledger.Ledger._line.<locals>.<lambda>",
    "pages.job.ledger.Ledger.record",
    "pages.job.reading.keep_looking.<locals>.look",
    "pages.parts.dialogs.write.<locals>.<lambda>",
    "pages.parts.holding._ask.<locals>.done",
    "pages.views.Views._keep",
}
"""What asks the person or the browser something before anything is done, and hands on what was said."""

SHOWS = {
    "pages.admin.desk_log.Log.again",
    "pages.admin.desk_log.Log.more",
    "pages.admin.lifecycle.LifecycleView.__init__.<locals>.<lambda>",
    "pages.admin.mail.Post._older",
    "pages.admin.mail.Post.again",
    "pages.admin.people.Group.__init__.<locals>.show_more",
    "pages.admin.people.People._search",
    "pages.client.client_page.<locals>.<lambda>",
    "pages.frame._unfolded_by.<locals>.<lambda>",
    "pages.job.amend.order_again.<locals>.<lambda>",
    "pages.job.composer.Composer._call",
    "pages.profile._sample.<locals>.show",
    "pages.new_order.Form._touched",
    "pages.notifications.Rows.older",
    "pages.notifications._filters.<locals>.<lambda>",
    "pages.orders.OrderTable.again",
    "pages.orders.OrderTable.select_all",
    "pages.orders.OrderTable.turn",
    "pages.parts.order_fields.OrderFields._touched",
}
"""What changes only what the page shows."""

PRESSES: list[dict[str, Any]] = [
    {"what": "take", "action": "start"},
    {"what": "ask", "action": "start"},
    {"what": "back"},
    {"what": "hold"},
    {"what": "pay"},
    {"what": "say", "words": "Here I am"},
]
"""What a card on a board may say; the order and its version go along."""


class Ear(NamedTuple):
    """What hears on an open page: a function of ours, by its name, on an element."""

    name: str
    page: live.Live
    element: Element
    hear: Callable[[], object]


def opened(web: TestClient, desk: Desk, name: str, path: str) -> live.Live:
    """Somebody's page, as they have just opened it."""
    user = desk.who(name)
    before = set(live.OPEN[user.key])
    answer = web.get(path, headers={"Cookie": f"{cookie.name()}={sign_ins.sign_in(user)}"})
    assert answer.is_success, (name, path)
    return (live.OPEN[user.key] - before).pop()


def ears(page: live.Live, job: Job) -> Iterator[Ear]:
    """All that hears on this page."""
    for element in list(page.client.elements.values()):
        for each in list(element._event_listeners.values()):
            for said in _said(each.type, job):
                message = {"listener_id": each.id, "args": said}
                yield from _ears(page, element, each.handler, partial(element._handle_event, message))
        if isinstance(element, ValueElement):
            for handler in element._change_handlers:
                yield from _ears(page, element, handler, partial(_change, element))


def _said(event: str, job: Job) -> list[dict[str, Any]]:
    return [{"key": job.key, "version": job.version, **press} for press in PRESSES] if event == "press" else [{}]


def _ears(page: live.Live, element: Element, handler: object, hear: Callable[[], object]) -> Iterator[Ear]:
    if name := next(ours(handler), ""):
        yield Ear(name, page, element, hear)


def _change(element: ValueElement[Any]) -> None:
    old = element.value
    others = [each for each in element._values if each != old] if isinstance(element, ChoiceElement) else []
    new = not old if isinstance(old, bool) else next(iter(others), None) if others else f"{old or ''}7"
    element.set_value(new)


def ours(handler: object) -> Iterator[str]:
    """The functions of our pages that stand behind what NiceGUI calls, outermost first."""
    if isinstance(handler, partial):
        for part in (handler.func, *handler.args):
            yield from ours(part)
    function = inspect.unwrap(getattr(handler, "__func__", handler)) if callable(handler) else None
    if not inspect.isfunction(function):
        return
    if function.__module__.startswith("pages") and not function.__qualname__.startswith("once."):
        yield f"{function.__module__}.{function.__qualname__}"
    for cell in function.__closure__ or ():
        yield from ours(cell.cell_contents)


def unasked(web: TestClient, desk: Desk) -> list[str]:
    """What hears those whose sign-in is over without asking who they are, and whether anything was done for them."""
    live.GRACE_SECONDS = 3600.0  # a browser that ignores where it was sent
    job = _furnished(desk)
    held = [
        opened(web, desk, name, path.format(number=job.display_id))
        for name, paths in OPEN.items()
        for path in paths.split()
    ]
    assert web.portal
    at_first = [ear for page in held for ear in ears(page, job)]
    web.portal.call(_open, [ear for ear in at_first if ear.name in OPENS])
    for name, change in ENDS.items():
        administration.change(desk.who(name).key, change, by=desk.who("ada"))
    all_ears, before = [ear for page in held for ear in ears(page, desk.see(job))], desk.commits()
    found = web.portal.call(_pressed, all_ears)
    undone = {f"{name} is not there" for name in (OPENS | SHOWS) - {ear.name for ear in at_first + all_ears}}
    return sorted({*found, *undone, *(["something was done"] if desk.commits() != before else [])})


def _furnished(desk: Desk) -> Job:
    job = desk.job("assigned", amount=100)
    for name, kind in (("cleo", "brief"), ("wren", "draft")):
        comments.say(job.key, "A word", by=desk.who(name))
        bring(desk, job, kind, by=name)
    payments.record(job.key, 100, by=desk.who("bea"))
    return desk.see(job)


async def _open(all_ears: list[Ear]) -> None:
    for ear in all_ears:
        await _hear(ear)
    await asyncio.sleep(0.5)


async def _pressed(all_ears: list[Ear]) -> list[str]:
    """Press all; gives what did not ask. What changes the page comes last: it may take away what others stand on."""
    found = []
    for ear in sorted(all_ears, key=lambda each: each.name in SHOWS):
        ear.page.ended = False
        live.OPEN[ear.page.user.key].add(ear.page)
        begun = await _hear(ear)
        if ear.name not in OPENS | SHOWS and not await _asked(ear, begun):
            found.append(f"{ear.name} did not ask {ear.page.user.first_name}")
    await asyncio.sleep(0.5)
    return found


async def _hear(ear: Ear) -> set[asyncio.Task[Any]]:
    before = set(background_tasks.running_tasks)
    if not ear.element.is_deleted:
        with ear.page.client:
            ear.hear()
    await asyncio.sleep(0)
    return background_tasks.running_tasks - before


async def _asked(ear: Ear, begun: set[asyncio.Task[Any]]) -> bool:
    """Whether it was found out that the sign-in is over, before all was done or something else is awaited."""
    with suppress(TimeoutError):
        async with asyncio.timeout(10):
            while not ear.page.ended and any(not task.done() for task in begun):
                await asyncio.sleep(0.002)
    return ear.page.ended or ear.element.is_deleted
