"""Ordering: who may place an order, with what, and the numbers that orders get."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

import settings
from models import Agency, clock, database
from tests.desk import FAILED, Desk, on_sqlite, refused
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.people import administration
from workflow.refusals import Forbidden, InvalidField

DEADLINE = "The deadline needs a time zone, and a year between 2000 and 2199."
EDGES = ["So schön! 🎉👩‍👩‍👧", "\u202eשלום עולם\u202c مرحبا", "<script>alert(1)</script>", "' OR 1=1 --", "{job}%s\\n"]


def test_a_client_places_an_order(desk: Desk) -> None:
    deadline = datetime(2030, 1, 2, 12, tzinfo=timezone(timedelta(hours=5)))

    job = desk.job(client="cleo", title=" Tea ", instructions="Hot\n", amount=4200, quantity=3, deadline=deadline)

    assert (job.title, job.instructions, job.amount, job.quantity) == ("Tea", "Hot\n", 4200, 3)
    assert (job.status, job.version, job.currency, job.client.name) == ("pending", 1, "EUR", "Cleo Clark")
    assert job.deadline == deadline
    assert [(line.action, line.old_status, line.changed_by) for line in desk.history(job)] == [
        ("create", None, job.client_id)
    ]


def test_staff_order_for_a_client(desk: Desk) -> None:
    job = placing.place(Order("Tea", client_id=desk.who("carl").id), by=desk.who("bea"))

    assert (job.client_id, job.quantity) == (desk.who("carl").id, 1)
    assert len(desk.news_of("carl")) == 1
    assert desk.news_of("bea") == []


@pytest.mark.parametrize("named", [None, "wren", "bea", "left"])
def test_staff_name_an_active_client(desk: Desk, named: str | None) -> None:
    administration.change(desk.who("carl").key, {"active": False}, by=desk.who("ada"))
    client_id = desk.who(named.replace("left", "carl")).id if named else None

    with refused("Choose an active client to order for.", InvalidField):
        placing.place(Order("Tea", client_id=client_id), by=desk.who("bea"))


def test_a_writer_orders_nothing(desk: Desk) -> None:
    with refused("Only clients and the agency can place orders.", Forbidden):
        placing.place(Order("Tea"), by=desk.who("wren"))


def test_nobody_orders_for_another_client(desk: Desk) -> None:
    with refused("You can place orders for yourself only.", Forbidden):
        placing.place(Order("Tea", client_id=desk.who("carl").id), by=desk.who("cleo"))


def test_a_closed_account_orders_nothing(desk: Desk) -> None:
    carl = desk.who("carl")
    administration.change(carl.key, {"active": False}, by=desk.who("ada"))

    with refused("This account is no longer active.", Forbidden):
        placing.place(Order("Tea"), by=carl)


@on_sqlite
@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("title", "", "The title is missing."),
        ("title", " \t\n", "The title is missing."),
        ("title", "x" * 201, "The title is too long: at most 200 characters fit."),
        ("title", "a\x00b", "The title must not contain NUL characters."),
        ("title", "\ud83d", "The title must not contain half characters (lone surrogates)."),
        ("instructions", "x" * 200_001, "The instructions are too long: at most 200,000 characters fit."),
        ("instructions", "\x00", "The instructions must not contain NUL characters."),
        ("work_type", "x" * 61, "The kind of work is too long: at most 60 characters fit."),
        ("unit", "x" * 31, "The unit is too long: at most 30 characters fit."),
        ("quantity", 0, "The quantity must be between 1 and 2,147,483,647."),
        ("quantity", 10**30, "The quantity must be between 1 and 2,147,483,647."),
        ("amount", -1, "The amount must be between 0 and 2,147,483,647."),
        ("amount", 2**31, "The amount must be between 0 and 2,147,483,647."),
        ("answers", (("Tone?", "Warm"),) * 21, "At most 20 questions are answered."),
        ("included_revisions", -1, "The included revisions must be between 0 and 2,147,483,647."),
        ("included_revisions", 10**30, "The included revisions must be between 0 and 2,147,483,647."),
        ("deadline", datetime(2030, 1, 1), DEADLINE),  # noqa: DTZ001
        ("deadline", datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))), DEADLINE),
        ("deadline", datetime.min.replace(tzinfo=UTC), DEADLINE),
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, field: str, value: Any, sentence: str) -> None:
    fields = {"title": "Tea", field: value}

    with pytest.raises(InvalidField) as refusal:
        placing.place(Order(**fields), by=desk.who("cleo"))

    assert (refusal.value.field, refusal.value.sentence) == (field, sentence)
    assert desk.notifications("cleo") == []


@pytest.mark.parametrize("words", [*EDGES, "x" * 60])
def test_words_come_back_unchanged(desk: Desk, words: str) -> None:
    job = desk.see(desk.job(title=words, instructions=words * 9, work_type=words, unit=words[:30]))

    assert (job.title, job.instructions, job.work_type, job.unit) == (words, words * 9, words, words[:30])
    assert words in desk.notifications("cleo")[0].message
    assert desk.faults() == []


def test_the_longest_words_fit(desk: Desk) -> None:
    job = desk.job("delivered", title="👩" * 200, instructions="ü" * 200_000, amount=2**31 - 1)

    assert (job.title, len(job.instructions), job.amount) == ("👩" * 200, 200_000, 2**31 - 1)


def test_included_revisions_have_a_default(desk: Desk) -> None:
    assert desk.job().included_revisions is None
    desk.rules(included_revisions=2)

    assert desk.job().included_revisions == 2
    assert desk.job(included_revisions=0).included_revisions == 0


def test_an_order_takes_the_agencys_currency(desk: Desk) -> None:
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink", currency="CHF"))

    assert desk.job().currency == "CHF"


def test_numbers_begin_anew_each_year(desk: Desk) -> None:
    years = (datetime(2030, 12, 31, 23, 59, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    numbers = []
    for moment in (years[0], years[0], years[1], years[0]):
        with clock.at(moment):
            numbers.append(desk.job().display_id)

    assert numbers == ["DK-2030-0001", "DK-2030-0002", "DK-2031-0001", "DK-2030-0003"]


def test_numbers_have_the_agencys_prefix(desk: Desk) -> None:
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, order_prefix="TEA")

    assert desk.job().display_id.startswith("TEA-")


def test_a_refused_order_takes_no_number(desk: Desk) -> None:
    with desk.without("rings"), pytest.raises(FAILED):
        desk.job()

    assert desk.job().number == 1


def test_numbers_are_unique_and_gapless(desk: Desk) -> None:
    """Two processes place orders at once, and in this one four threads do."""
    cleo = desk.who("cleo")
    script = "\n".join(
        [
            "from workflow.orders.placing import place",
            "from workflow.orders.terms import Order",
            "from models.user import User",
            "db.use(settings.current().database)",
            "with db.reading() as session: cleo = User.by_email(session, 'cleo@example.com')",
            "for _ in range(20): print(place(Order('Far'), by=cleo).number)",
        ]
    )

    with ThreadPoolExecutor(6) as pool:
        far = [pool.submit(desk.elsewhere, script) for _ in range(2)]
        near = [pool.submit(placing.place, Order("Near"), by=cleo) for _ in range(40)]
        numbers = [job.result().number for job in near]
        numbers += [int(number) for process in far for number in process.result().split()]

    assert sorted(numbers) == list(range(1, 81))
    assert desk.faults() == []
