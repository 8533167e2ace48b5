"""The notices: who hears of a change, in which words, and the one letter that goes out."""

import pytest

import settings
from models import clock
from models.status import Status
from models.user import Role
from tests.desk import CAST, ROUTES, Desk, later, on_sqlite
from workflow.notifications.notices import MESSAGES
from workflow.orders import bulk
from workflow.orders.bulk_wish import Wish
from workflow.people import administration
from workflow.words import LABELS

# what somebody does with an order that stands where; what the team reads, what the client reads
NEWS = [
    ("pending", "approve", "bea", "The order has been approved", "Your order has been accepted"),
    ("approved", "assign", "bob", "Wren has been assigned to the work", "A writer has been assigned to the work"),
    ("assigned", "start", "wren", "Work has started", "Work has started"),
    ("in_progress", "submit", "wren", "The work has been submitted for editing", "The work is in its final checks"),
    (
        "in_progress",
        "deliver",
        "wren",
        "Work has been delivered and is ready for review",
        "Work has been delivered and is ready for review",
    ),
    (
        "delivered",
        "request_revision",
        "cleo",
        "A revision has been requested",
        "Your revision request has been received",
    ),
    ("revision", "resume", "wren", "Work on the revision has started", "Work on the revision has started"),
    ("delivered", "complete", "cleo", "The order has been completed", "The order has been completed"),
    ("editing", "cancel", "bob", "The order has been cancelled", "The order has been cancelled"),
]


@on_sqlite
@pytest.mark.parametrize("status, action, by, to_the_team, to_the_client", NEWS)
def test_who_hears_what(desk: Desk, status: str, action: str, by: str, to_the_team: str, to_the_client: str) -> None:
    job = desk.job(status, client="cleo", writer="wren", manager="bea", title='The "Tea"')

    desk.make(job, action, by=by, writer="wren" if action == "assign" else None)

    words = {"cleo": to_the_client, "wren": to_the_team, "bea": to_the_team, "ada": to_the_team}
    if status == "pending":
        del words["wren"]
    words.pop(by, None)
    heard = {name: desk.news_of(name) for name in CAST}
    assert heard == {name: [f'Order "The "Tea"": {words[name]}'] if name in words else [] for name in CAST}


def test_all_staff_hear_of_an_order(desk: Desk) -> None:
    job = desk.job("pending", client="cleo", title="Tea")
    told = {name: [(line.title, line.message, line.read) for line in desk.notifications(name)] for name in CAST}

    title = f"Order {job.display_id} Placed"
    to_staff = [(title, 'Order "Tea": Cleo Clark has placed a new order', True)]
    to_cleo = [(title, 'Order "Tea": We have received your order', True)]
    expected = {name: to_staff if CAST[name][1] in (Role.manager, Role.admin) else [] for name in CAST}
    assert told == expected | {"cleo": to_cleo}


def test_a_notification_tells_its_job(desk: Desk) -> None:
    job = desk.job("in_progress")

    with later(minutes=5):
        moment = clock.now()
        desk.make(job, "deliver", by="wren")

    line = desk.notifications("cleo")[-1]
    assert (line.type, line.title) == ("order_updated", f"Order {job.display_id} Status Updated")
    assert (line.job_id, line.status, line.read) == (job.id, "delivered", False)
    assert line.created_at >= moment


def test_ones_own_line_is_read(desk: Desk) -> None:
    job = desk.job("in_progress")

    desk.make(job, "deliver", by="wren")

    assert desk.news_of("wren") == []
    assert desk.notifications("wren")[-1].message.endswith("Work has been delivered and is ready for review")


@on_sqlite
def test_each_hears_it_once(desk: Desk) -> None:
    job = desk.put(desk.job("in_progress"), manager_id=desk.who("ada").id)

    desk.make(job, "deliver", by="wren")

    assert len(desk.news_of("ada")) == 1
    assert desk.news_of("bea") == []


@on_sqlite
@pytest.mark.parametrize("name", ["cleo", "wren", "bea", "ada"])
def test_who_left_hears_nothing(desk: Desk, name: str) -> None:
    job = desk.job("in_progress")
    desk.sql(f"UPDATE users SET active = false WHERE email = '{name}@example.com'")

    desk.make(job, "deliver", by="bob")

    assert desk.news_of(name) == []
    assert len(desk.letters()) == (0 if name == "cleo" else 1)


@on_sqlite
def test_a_further_round_must_be_agreed(desk: Desk) -> None:
    job = desk.job("delivered", included_revisions=0)

    desk.make(job, "request_revision", by="bob")

    told = 'Order "Research Paper": A further revision has been requested and waits for the agency to agree'
    assert desk.news_of("bea") == desk.news_of("ada") == [told]
    assert desk.news_of("cleo") == ['Order "Research Paper": Your revision request has been received']


@on_sqlite
def test_what_is_done_to_many_is_told_as_one(desk: Desk) -> None:
    jobs = [desk.job() for _ in range(2)]

    operation = bulk.update(Wish(tuple(job.key for job in jobs), Status.approved), by=desk.who("bea"))

    assert [line.bulk_id for line in desk.notifications("cleo")[-2:]] == [operation.id] * 2


def test_clients_hear_nothing_internal() -> None:
    words = [to_client for _, to_client in MESSAGES.values()] + [to_client for _, to_client in LABELS.values()]

    for word in ("edit", "capacity", "{writer}", "{client}", "confirm", "submit"):
        assert word not in " ".join(words).lower()


@on_sqlite
@pytest.mark.parametrize("status", ROUTES)
def test_clients_know_only_themselves(desk: Desk, status: str) -> None:
    desk.job(client="carl", writer="wolf", title="Secret")
    desk.job(status, client="cleo")

    told = " ".join(line.title + line.message for line in desk.notifications("cleo"))
    assert not [word for word in ("Carl", "Secret", "Wolf", "Wren", "Bea", "Cleo") if word in told]


def test_a_delivery_sends_one_letter(desk: Desk) -> None:
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, base_url="https://desk.example/")
    job = desk.job("in_progress", title="Tea & Cake")
    desk.make(job, "submit", by="wren")
    assert desk.letters() == []

    desk.make(job, "deliver", by="bea")

    (letter,) = desk.letters()
    assert (letter.recipient, letter.user_id, letter.job_id) == ("cleo@example.com", job.client_id, job.id)
    assert (letter.type, letter.delivery, letter.tries) == ("delivered", "waiting", 0)
    assert f"Tea & Cake is ready for you ({job.display_id})" == letter.subject
    assert f'Wren has delivered "Tea & Cake" (order {job.display_id}).' in letter.body
    assert f"https://desk.example/jobs/{job.display_id}\n" in letter.body
    assert "Walsh" not in letter.body


def test_each_delivery_has_its_letter(desk: Desk) -> None:
    job = desk.job("revision")
    desk.make(job, "resume", by="wren")

    desk.make(job, "deliver", by="wren")

    first, second = desk.letters()
    assert first.message_id != second.message_id


@on_sqlite
def test_nobody_else_gets_a_letter(desk: Desk) -> None:
    desk.job("editing")
    desk.job("cancelled")

    assert desk.letters() == []


def test_the_writer_may_have_left(desk: Desk) -> None:
    job = desk.job("editing", writer="wren")
    administration.change(desk.who("wren").key, {"active": False}, by=desk.who("ada"))

    desk.make(job, "deliver", by="bea")

    assert desk.news_of("wren") == []
    assert desk.letters()[0].body.startswith("Hello Cleo,\n\nWren has delivered")
