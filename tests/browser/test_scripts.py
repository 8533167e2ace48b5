"""Scripts that people type: in whatever field, shown to whomever, none of them runs, not even without the policy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser

from models import Agency, Job, database
from models.user import Role
from pages import cookie
from tests.browser.conftest import staffed
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import FRESH, Desk
from tests.workflow.orders.test_files import bring
from workflow.orders import comments, holds, payments, placing, work_types
from workflow.orders.terms import Order
from workflow.orders.work_types import Offer
from workflow.people import accounts, sign_ins
from workflow.refusals import InvalidField

# fmt: off
SCRIPTS = (
    "<script>hurt=1</script>", "</script><script>hurt=1</script>", "</title><script>hurt=1</script>",
    "--><script>hurt=1</script><!--", "<img src=x onerror=hurt=1>", "<svg onload=hurt=1>",
    "<svg><script>hurt=1</script>",
    "<iframe srcdoc='<script>parent.hurt=1</script>'>", "<iframe src=javascript:parent.hurt=1>", "<body onload=hurt=1>",
    "<video><source onerror=hurt=1>", "<audio src=x onerror=hurt=1>", "<details open ontoggle=hurt=1>",
    "<input autofocus onfocus=hurt=1>", "<marquee onstart=hurt=1>", "<style onload=hurt=1></style>",
    "<object data=javascript:hurt=1>", "<embed src=javascript:hurt=1>", "<math><mtext><img src=x onerror=hurt=1>",
    "<meta http-equiv=refresh content=0;javascript:hurt=1>", "[x](javascript:hurt=1)", "![x](x' onerror='hurt=1)",
    '" autofocus onfocus="hurt=1', "' onmouseover='hurt=1", 'x":title="window.hurt=1', 'x" :title="window.hurt=1',
    "{{constructor.constructor('window.hurt=1')()}}", "${window.hurt=1}",
    "\\u003cscript\\u003ehurt=1\\u003c/script\\u003e",
    "&lt;img src=x onerror=hurt=1&gt;",
)
# fmt: on

TOUCH = """async () => {
  for (const each of document.querySelectorAll("main a, main button, main img, main [title]"))
    for (const kind of ["mouseover", "mouseenter", "focus"]) each.dispatchEvent(new Event(kind, {bubbles: true}))
  for (const link of document.querySelectorAll("a[href^='javascript:']")) link.click()
  await new Promise((done) => setTimeout(done, 50))
  const alien = document.querySelectorAll("main iframe, main object, main embed, main marquee")
  return {hurt: window.hurt ?? null, alien: alien.length}
}"""
"""Passes over everything, follows what would run, and tells whether anything did."""

PLACES = {
    "cleo": ("/client", "/new", "/notifications", "order"),
    "wren": ("/writer", "order"),
    "bea": ("/manager", "/all", "order"),
    "ada": ("/admin", *(f"/admin/{page}" for page in ("people", "work", "agency", "log", "mail", "records", "rules"))),
    "": ("/login", "/order"),
}
"""Who looks where; Ada has nothing of her own on an order that managers have not."""


def typed(desk: Desk) -> Job:
    """Every script in every field that takes it; returns an order which has all of them in what belongs to an order."""
    with database.writing() as session:
        session.add(Agency(name=SCRIPTS[0]))
    desk.rules(public_orders=True)
    bea, ada, cleo = (desk.who(name) for name in ("bea", "ada", "cleo"))
    whole = desk.job("in_progress", title=SCRIPTS[0], instructions="\n\n".join(SCRIPTS))
    for number, script in enumerate(SCRIPTS):
        job = placing.place(Order(script, script, work_type=script[:60], unit=script[:30], client_id=cleo.id), by=bea)
        for audience in ("everybody", "team"):
            comments.say(whole.key, script, by=bea, audience=comments.Audience(audience))
        bring(desk, whole, "draft", by="wren", name=f"{script}.txt")
        payments.record(whole.key, number + 1, by=bea, method=script[:60], reference=script)
        holds.put_on_hold(job.key, script, by=bea)
        desk.make(whole, "deliver", by="wren", note=script)
        desk.make(whole, "request_revision", by="cleo", revision_notes=script)
        desk.make(whole, "resume", by="wren", note=script)
        with suppress(InvalidField):  # a name that is refused is shown nowhere
            accounts.add(script, f"eve{number}@example.com", Role.writer, FRESH, by=ada)
        with suppress(InvalidField):
            work_types.save(Offer(script[:60], script[:30], questions=(script,)), by=ada)
    return whole


PLANT = "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x onerror=hurt=1>')"


@contextmanager
def looking(chromium: Browser, server: Server, desk: Desk, name: str) -> Iterator[Window]:
    """Somebody's window, in a browser that does not heed our policy."""
    with chromium.new_context(base_url=server.url, bypass_csp=True) as context:
        if name:
            key = sign_ins.sign_in(desk.who(name))
            context.add_cookies([{"name": cookie.name(), "value": key, "url": server.url}])
        yield Window(context)


def test_no_script_runs(own_server: Callable[..., Server], chromium: Browser) -> None:
    server = own_server("run")
    with staffed(server) as desk:
        job = typed(desk)
        server.has_heard_all()
        for name, places in PLACES.items():
            with looking(chromium, server, desk, name) as window:
                for place in places:
                    window.go(f"/jobs/{job.display_id}" if place == "order" else place)

                    assert (name, place, window.page.evaluate(TOUCH)) == (name, place, {"hurt": None, "alien": 0})


def test_one_that_runs_would_be_seen(chromium: Browser, server: Server, desk: Desk) -> None:
    with looking(chromium, server, desk, "cleo") as window:
        window.go("/client").page.evaluate(PLANT)

        assert window.page.evaluate(TOUCH)["hurt"] == 1
