"""Public orders: a stranger fills in a form, opens a letter, and is a client with an order."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from models import Job, OrderRequest, User, WorkType, database
from models.status import Status
from tests.desk import Desk, later, listening, on_sqlite, refused
from workflow import accounts, kinds, mailed_links, public_orders, upkeep
from workflow.kinds import Kind
from workflow.ordering import Order
from workflow.public_orders import Stranger
from workflow.refusals import DeadLink, Forbidden, InvalidField, TooOften

SUE = Stranger("Sue Stone", "sue@example.com", "Europe/Vienna", "192.0.2.7")
MENU = Order("Menu for the summer", "Make it light.", "Text", 1500, answers=(("For whom?", "Guests"),))


@pytest.fixture(autouse=True)
def form_is_open(desk: Desk) -> None:
    """The rule is on, there is a price list, and nobody has asked for anything yet."""
    desk.rules(public_orders=True)
    kinds.save(Kind("Text", "words", 5, questions=("For whom?",)), by=desk.who("ada"))
    public_orders._limiter.storage.reset()


def asked(desk: Desk, by: Stranger = SUE, order: Order = MENU) -> str:
    """The key of the letter that comes after the form."""
    public_orders.request(order, by)
    return key_of(desk)


def key_of(desk: Desk) -> str:
    """The key in the newest letter."""
    (key,) = re.findall(r"/order/confirm\?key=([\w-]+)", desk.letters()[-1].body)
    return key


def stored(kind: type[Any]) -> list[Any]:
    """All rows of a table."""
    with database.reading() as session:
        return list(session.exec(select(kind)))


def test_a_strangers_order_comes_to_be(desk: Desk) -> None:
    key = asked(desk)
    assert stored(Job) == []

    job, session_key = public_orders.confirm(key, "Lynx")

    sue = accounts.signed_in(session_key or "")
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

    assert job.client_id == before.id
    assert accounts.signed_in(session_key or "") == desk.who("cleo")
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
    accounts.set_active(desk.who("carl").key, False, by=desk.who("ada"))

    with refused(public_orders.NOT_A_CLIENT, Forbidden):
        public_orders.confirm(key)


def test_a_second_click_leads_to_the_same_order(desk: Desk) -> None:
    key = asked(desk)
    first, _ = public_orders.confirm(key)

    second, session_key = public_orders.confirm(key)
    with later(minutes=3):
        third, no_key = public_orders.confirm(key)

    assert first.id == second.id == third.id
    assert accounts.signed_in(session_key or "")
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
    waiting, done = asked(desk), asked(desk)
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
    kinds.save(Kind("Text", "words", 9), text.id, by=desk.who("ada"))

    assert public_orders.confirm(key)[0].amount == 7500


def test_the_deadline_is_the_moment_that_was_meant(desk: Desk) -> None:
    due = datetime(2027, 3, 28, 15, tzinfo=UTC)

    assert public_orders.confirm(asked(desk, order=replace(MENU, deadline=due)))[0].deadline == due


@on_sqlite
@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"title": " "}, "The title is missing."),
        ({"title": "x" * 201}, "The title is too long"),
        ({"title": "Tea\x00"}, "The title must not contain NUL"),
        ({"instructions": "half \ud83d"}, "The instructions must not contain half"),
        ({"quantity": 0}, "The quantity must be between 1"),
        ({"quantity": 2**31 - 1}, "The amount must be between 0"),
        ({"work_type": "Statue"}, public_orders.GONE),
        ({"work_type": "Text\x00"}, public_orders.GONE),
        ({"work_type": "", "unit": "u" * 31}, "The unit is too long"),
        ({"deadline": datetime(2027, 1, 1)}, "The deadline needs a time zone"),  # noqa: DTZ001 - that is the point
        ({"answers": (("Why?", "x" * 20_001),)}, "The answer is too long"),
    ],
    ids=str,
)
def test_an_order_that_does_not_fit_is_refused(desk: Desk, changes: dict[str, Any], sentence: str) -> None:
    with refused(sentence, InvalidField):
        public_orders.request(replace(MENU, **changes), SUE)

    assert (stored(OrderRequest), desk.letters()) == ([], [])


@on_sqlite
@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"name": ""}, "The name is missing."),
        ({"name": "S" * 101}, "The name is too long"),
        ({"email": "sue"}, "This does not look like an e-mail address."),
        ({"email": "sue@example.com\nBcc: all@example.com"}, "This does not look like an e-mail address."),
        ({"email": f"{'s' * 250}@example.com"}, "The email is too long"),
        ({"time_zone": "Moon/Base"}, "is not a time zone."),
    ],
    ids=str,
)
def test_a_stranger_must_say_who_they_are(desk: Desk, changes: dict[str, str], sentence: str) -> None:
    with refused(sentence, InvalidField):
        public_orders.request(MENU, replace(SUE, **changes))

    assert desk.letters() == []


@pytest.mark.parametrize("email", ["sue@example.com", "cleo@example.com", "bea@example.com"])
def test_nobodys_mailbox_is_flooded(desk: Desk, email: str) -> None:
    for _ in range(3):
        asked(desk, replace(SUE, email=email))

    with refused(public_orders.ENOUGH, TooOften):
        public_orders.request(MENU, replace(SUE, email=email.upper()))

    assert len(desk.letters()) == 3
    asked(desk, replace(SUE, email="carl@example.com"))
    with later(days=1, seconds=1):
        asked(desk, replace(SUE, email=email))


def test_one_network_asks_ten_times_an_hour(desk: Desk) -> None:
    for number in range(10):
        asked(desk, replace(SUE, email=f"{number}@example.com", remote=f"2001:db8:0:1::{number}"))

    with refused(public_orders.SLOWLY, TooOften):
        public_orders.request(MENU, replace(SUE, remote="2001:db8:0:1:ffff::1"))

    asked(desk, replace(SUE, remote="2001:db8:0:2::1"))


def test_the_key_is_kept_in_the_letter_alone(desk: Desk) -> None:
    key = asked(desk)

    assert key not in repr(stored(OrderRequest))


def test_without_a_password_the_mail_is_the_way_in(desk: Desk) -> None:
    public_orders.confirm(asked(desk))

    mailed_links.send(SUE.email)

    (key,) = re.findall(r"/login/with\?key=([\w-]+)", desk.letters()[-1].body)
    session_key = mailed_links.use(key)
    accounts.change_password(session_key, "", "correct horse")
    assert accounts.authenticate(SUE.email, "correct horse").name == SUE.name


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
