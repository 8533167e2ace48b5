"""Dead keys: what was mailed to somebody opens nothing any more once their access has ended."""

import re

import httpx

from pages import cookie
from tests.browser.server import Server
from tests.browser.test_endings import PATIENCE, Somebody
from tests.desk import FRESH, PASSWORD, Desk
from tests.workflow.orders.strangers import key_of, open_the_form
from workflow.mail import unsubscribe
from workflow.orders import public_orders
from workflow.orders.public_orders import Stranger
from workflow.orders.terms import Order
from workflow.people import mailed_links, new_passwords


def test_a_new_password_ends_every_key(desk: Desk, server: Server) -> None:
    carl = Somebody(server, desk, "carl")
    open_the_form(desk)
    mailed_links.send("carl@example.com")
    (link,) = re.findall(r"key=([\w-]+)", desk.letters()[-1].body)
    public_orders.request(Order("Menu"), Stranger("Carl", "carl@example.com"))
    order = key_of(desk)
    out, before = way_out(desk, "carl"), desk.who("carl").password_hash

    new_passwords.change_password(carl.key, PASSWORD, FRESH)

    with carl.closing:
        assert carl.http.get("/api/jobs").status_code == 401
        assert carl.http.post("/login/with", data={"key": link}).headers["location"].startswith("/login/link?dead=1")
        assert public_orders.EXPIRED in carl.http.get("/order/confirm", params={"key": order}).text
        assert carl.http.post(out).status_code == 410
    desk.sql(f"UPDATE users SET password_hash = '{before}' WHERE email = 'carl@example.com'")


def way_out(desk: Desk, name: str) -> str:
    """Where one click ends the letters about comments to somebody."""
    return f"/unsubscribe/{unsubscribe._token(desk.who(name), 'comment_added')}"


def test_a_letter_that_confirms_an_order_is_no_way_in(desk: Desk, server: Server) -> None:
    open_the_form(desk)
    public_orders.request(Order("Menu"), Stranger("Carl", "carl@example.com"))

    with httpx.Client(base_url=server.url, trust_env=False, timeout=PATIENCE) as anybody:
        answer = anybody.post("/order/confirm", data={"key": key_of(desk)})

        assert answer.headers["location"].startswith("/jobs/DK-")
        assert cookie.name() not in anybody.cookies
        assert anybody.get(answer.headers["location"]).headers["location"].startswith("/login?next=/jobs/DK-")
