"""Public orders: a stranger fills in a form, opens a letter, and is a client with an order."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier

import pytest

from models import Job, OrderRequest, User, WorkType
from models.status import Status
from tests.desk import Desk, later, listening, refused
from tests.workflow.orders.strangers import MENU, SUE, asked, key_of, open_the_form, stored
from workflow import upkeep
from workflow.orders import public_orders, work_types
from workflow.orders.work_types import Offer
from workflow.people import administration, mailed_links, new_passwords, sign_ins
from workflow.refusals import DeadLink, Forbidden


@pytest.fixture(autouse=True)
def form_is_open(desk: Desk) -> None:
    """In these stories, strangers may order."""
    open_the_form(desk)


def test_a_strangers_order_comes_to_be(desk: Desk) -> None:
    key = asked(desk)
    assert stored(Job) == []

    job, session_key = public_orders.confirm(key, "Lynx")

    sue = sign_ins.signed_in(session_key or "")
    assert sue
    assert (sue.name, sue.email, sue.role, sue.time_zone, sue.password_hash) == (
        "Sue Stone", "sue@example.com", "client", "Europe/Vienna", "",
    )  # fmt: skip
    assert (job.status, job.client_id, job.title, job.amount) == (Status.pending, sue.id, MENU.title, 7500)
    assert job.answers == [{"question": "For whom?", "answer": "Guests"}]
    assert [line.changed_by for line in desk.history(job)] == [sue.id]


def test_the_desk_hears_of_it_as_of_any_order(desk: Desk) -> None:
    key = asked(desk)

    with listening() as heard:
        job, _ = public_orders.confirm(key)

    for name in ("bea", "bob", "ada"):
        assert desk.news_of(name) == [f'Order "{MENU.title}": Sue Stone has placed a new order']
    assert job.id in [news.job and news.job.id for news in heard]
    assert desk.faults() == []


def test_the_letter_repeats_nothing_that_was_typed(desk: Desk) -> None:
    public_orders.request(replace(MENU, title="Buy at evil.example"), replace(SUE, name="Visit evil.example"))

    (letter,) = desk.letters()
    assert (letter.type, letter.recipient, letter.user_id) == ("confirm_order", SUE.email, None)
    assert "evil" not in letter.subject + letter.body
    assert letter.body.endswith(f"Look at the order:\nhttp://localhost:8080/order/confirm?key={key_of(desk)}\n")


def test_a_client_of_old_orders_for_their_account(desk: Desk) -> None:
    before = desk.who("cleo")
    key = asked(desk, replace(SUE, email=" Cleo@Example.com ", name="Somebody Else"))

    job, session_key = public_orders.confirm(key)

    assert (job.client_id, session_key) == (before.id, None)
    assert desk.who("cleo") == before


@pytest.mark.parametrize("email", ["bea@example.com", "ada@example.com", "wren@example.com", "ivy@example.com"])
def test_others_cannot_order_here(desk: Desk, email: str) -> None:
    key = asked(desk, replace(SUE, email=email))

    for try_ in (public_orders.look, public_orders.confirm):
        with refused(public_orders.NOT_A_CLIENT, Forbidden):
            try_(key)

    assert stored(Job) == []


def test_a_client_whose_account_was_closed_cannot_either(desk: Desk) -> None:
    key = asked(desk, replace(SUE, email="carl@example.com"))
    administration.change(desk.who("carl").key, {"active": False}, by=desk.who("ada"))

    with refused(public_orders.EXPIRED, DeadLink):
        public_orders.confirm(key)
    with later(minutes=3), refused(public_orders.NOT_A_CLIENT, Forbidden):
        public_orders.confirm(asked(desk, replace(SUE, email="carl@example.com")))


def test_a_second_click_leads_to_the_same_order(desk: Desk) -> None:
    key = asked(desk)
    first, _ = public_orders.confirm(key)

    second, session_key = public_orders.confirm(key)
    with later(minutes=3):
        third, no_key = public_orders.confirm(key)

    assert first.id == second.id == third.id
    assert sign_ins.signed_in(session_key or "")
    assert no_key is None
    assert len(stored(Job)) == 1


def test_of_many_clicks_at_once_comes_one_order(desk: Desk) -> None:
    key, together = asked(desk), Barrier(8)

    def click(_: int) -> int | None:
        together.wait()
        return public_orders.confirm(key)[0].id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(click, range(8)))) == 1

    assert len(stored(Job)) == 1
    assert len([user for user in stored(User) if user.email == SUE.email]) == 1


def test_a_form_sent_twice_is_one_order(desk: Desk) -> None:
    keys = {asked(desk), asked(desk)}

    assert len(keys) == len(desk.letters()) == len(stored(OrderRequest)) == 1
    with later(minutes=3):
        assert asked(desk) not in keys


def test_two_requests_of_one_stranger_share_an_account(desk: Desk) -> None:
    keys = [asked(desk), asked(desk, order=replace(MENU, title="Menu for the winter"))]

    jobs = [public_orders.confirm(key)[0] for key in keys]

    assert jobs[0].client_id == jobs[1].client_id
    assert [job.title for job in jobs] == ["Menu for the summer", "Menu for the winter"]


def test_after_two_days_it_is_too_late(desk: Desk) -> None:
    key = asked(desk)

    with later(hours=48, seconds=1), refused(public_orders.EXPIRED, DeadLink):
        public_orders.confirm(key)
    with later(hours=47):
        assert public_orders.confirm(key)[0].title == MENU.title


@pytest.mark.parametrize("key", ["", "guessed", "%", "half\ud83d", "\x00"], ids=ascii)
def test_what_was_made_up_leads_nowhere(desk: Desk, key: str) -> None:
    asked(desk)

    for try_ in (public_orders.look, public_orders.confirm):
        with refused(public_orders.UNKNOWN, DeadLink):
            try_(key)


def test_while_the_form_is_closed_nothing_is_taken(desk: Desk) -> None:
    waiting, done = asked(desk), asked(desk, order=replace(MENU, title="Menu for the winter"))
    job, _ = public_orders.confirm(done)
    desk.rules()

    assert not public_orders.are_open()
    with refused(public_orders.CLOSED, Forbidden):
        public_orders.request(MENU, SUE)
    with refused(public_orders.CLOSED, Forbidden):
        public_orders.look(waiting)
    with refused(public_orders.CLOSED, Forbidden):
        public_orders.confirm(waiting)
    assert public_orders.confirm(done)[0].id == job.id


def test_looking_orders_nothing(desk: Desk) -> None:
    wanted = public_orders.look(asked(desk))

    assert (wanted.content["title"], wanted.content["amount"], wanted.job_id) == (MENU.title, 7500, None)
    assert stored(Job) == []


def test_the_list_says_what_it_costs(desk: Desk) -> None:
    wish = replace(MENU, amount=1, unit="gifts", client_id=desk.who("carl").id, included_revisions=99)

    job, _ = public_orders.confirm(asked(desk, order=wish))

    assert (job.amount, job.unit, job.included_revisions) == (7500, "words", None)
    assert job.client_id != desk.who("carl").id


def test_something_else_has_no_price_yet(desk: Desk) -> None:
    wish = replace(MENU, work_type="", unit="pieces", amount=999, answers=())

    job, _ = public_orders.confirm(asked(desk, order=wish))

    assert (job.work_type, job.amount, job.unit) == ("", 0, "pieces")


def test_it_costs_what_was_shown(desk: Desk) -> None:
    key = asked(desk)
    (text,) = stored(WorkType)
    work_types.save(Offer("Text", "words", 9), text.id, by=desk.who("ada"))

    assert public_orders.confirm(key)[0].amount == 7500


def test_the_deadline_is_the_moment_that_was_meant(desk: Desk) -> None:
    due = datetime(2027, 3, 28, 15, tzinfo=UTC)

    assert public_orders.confirm(asked(desk, order=replace(MENU, deadline=due)))[0].deadline == due


def test_the_key_is_kept_in_the_letter_alone(desk: Desk) -> None:
    key = asked(desk)

    assert key not in repr(stored(OrderRequest))


def test_without_a_password_the_mail_is_the_way_in(desk: Desk) -> None:
    public_orders.confirm(asked(desk))

    mailed_links.send(SUE.email)

    (key,) = re.findall(r"/login/with\?key=([\w-]+)", desk.letters()[-1].body)
    session_key = mailed_links.use(key)
    new_passwords.change_password(session_key, "", "correct horse")
    assert sign_ins.authenticate(SUE.email, "correct horse").name == SUE.name


def test_what_is_over_is_dropped_some_days_later(desk: Desk) -> None:
    public_orders.confirm(asked(desk))
    asked(desk)

    with later(days=8):
        upkeep.tidy()
        assert len(stored(OrderRequest)) == 2
    with later(days=10):
        upkeep.tidy()

    assert stored(OrderRequest) == []
    assert len(stored(Job)) == 1
