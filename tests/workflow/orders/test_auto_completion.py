"""Completion by itself: what its client leaves alone is completed, after a reminder, and never by surprise."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models import Job
from models.status import Status
from tests.desk import Desk, later
from tests.workflow.orders.test_files import bring
from workflow.moves import question
from workflow.orders import auto_completion, comments, holds, payments
from workflow.orders.holds import put_on_hold
from workflow.possibilities import possibilities

STRIKES = """
from datetime import timedelta; from models import clock; from workflow.orders import auto_completion
db.use(settings.current().database)
with clock.at(clock.now() + timedelta(days={days}, minutes=5)):
    print(auto_completion.take_steps())
"""
"""What another process does so many days later; it prints to how many orders."""


@pytest.fixture
def job(desk: Desk) -> Job:
    """A delivered order, where seven days of silence complete one."""
    desk.rules(auto_complete_days=7)
    return desk.job("delivered")


def strike(days: float) -> int:
    """Let the clock strike in so many days, and a few minutes."""
    with later(days=days, minutes=5):
        return auto_completion.take_steps()


def stands(desk: Desk, job: Job) -> Status:
    """Where the order stands now."""
    return desk.see(job).status


def reminders(desk: Desk) -> int:
    """How many letters of reminder there are; as many lines of news belong to them."""
    letters = [letter for letter in desk.letters() if letter.type == "completion_near"]
    news = [line for line in desk.notifications("cleo") if line.type == "completion_near"]
    assert len(letters) == len(news)
    return len(letters)


def test_a_week_of_silence_completes_it(desk: Desk, job: Job) -> None:
    assert [strike(5.9), strike(6), strike(6.1), strike(6.99)] == [0, 1, 0, 0]
    assert (stands(desk, job), reminders(desk)) == (Status.delivered, 1)

    assert [strike(7.01), strike(7.02), strike(700)] == [1, 0, 0]

    assert stands(desk, job) is Status.completed
    assert reminders(desk) == 1
    assert not job.client_approved
    assert job.completed_at
    assert job.delete_files_at


def test_the_history_names_docket(desk: Desk, job: Job) -> None:
    strike(6)
    strike(7.01)

    line = desk.history(job)[-1]
    assert (line.action, line.changed_by) == ("complete", None)
    assert line.note == "By itself: nobody asked for changes within 7 days."
    assert desk.faults() == []
    assert desk.news_of("wren") == [f'Order "{job.title}": The order has been completed']
    assert desk.news_of("cleo")[-1] == f'Order "{job.title}": The order has been completed'


def test_the_reminder_says_when(desk: Desk, job: Job) -> None:
    desk.sql("UPDATE users SET time_zone = 'Australia/Lord_Howe'")
    strike(6)

    (words,) = desk.news_of("cleo")
    letter = desk.letters()[-1]
    assert words.startswith(f'Order "{job.title}": The order completes by itself on ')
    then = words.partition("itself on ")[2].partition(",")[0]
    assert letter.subject == f"{job.title} completes by itself on {then} ({job.display_id})"
    assert letter.recipient == "cleo@example.com"
    assert desk.news_of("bea") == []


def test_with_one_day_the_reminder_comes_at_once(desk: Desk) -> None:
    desk.rules(auto_complete_days=1)
    job = desk.job("delivered")

    assert [strike(0), strike(0.99), strike(1.01)] == [1, 0, 1]

    assert (stands(desk, job), reminders(desk)) == (Status.completed, 1)


def test_it_is_off_by_default(desk: Desk) -> None:
    desk.job("delivered")

    assert strike(1000) == 0


def test_after_a_long_downtime_there_is_still_a_day(desk: Desk, job: Job) -> None:
    assert [strike(100), strike(100.9), strike(101.1)] == [1, 0, 1]
    assert stands(desk, job) is Status.completed


def test_a_stricter_rule_gives_a_day_too(desk: Desk, job: Job) -> None:
    desk.rules(auto_complete_days=2)

    assert [strike(4), strike(4.9), strike(5.1)] == [1, 0, 1]


def test_a_promise_is_kept_when_the_rule_becomes_stricter(desk: Desk, job: Job) -> None:
    strike(6)
    desk.rules(auto_complete_days=2)

    assert [strike(6.5), strike(7.01)] == [0, 1]


def test_a_milder_rule_holds_at_once(desk: Desk, job: Job) -> None:
    strike(6)
    desk.rules(auto_complete_days=14)

    assert [strike(8), strike(13), strike(14.01)] == [0, 1, 1]
    assert reminders(desk) == 2


def stirs(desk: Desk, job: Job, how: str) -> None:
    """Have something happen to the order after six and a half days."""
    with later(days=6.5):
        if how == "a comment":
            comments.say(job.key, "I am reading it.", by=desk.who("cleo"))
        elif how == "a file":
            bring(desk, job, "brief", by="cleo")
        elif how == "a revision":
            desk.make(job, "request_revision", by="cleo")
            for action, by in (("resume", "wren"), ("deliver", "wren")):
                desk.make(job, action, by=by)
        else:
            comments.say(job.key, "Do you like it?", by=desk.who("bea"))


@pytest.mark.parametrize("how", ["a comment", "a file", "a revision"])
def test_a_client_who_stirs_has_a_week_again(desk: Desk, job: Job, how: str) -> None:
    strike(6)
    stirs(desk, job, how)

    assert [strike(7.01), strike(12.4), strike(12.6), strike(13.6)] == [0, 0, 1, 1]
    assert (stands(desk, job), reminders(desk)) == (Status.completed, 2)


def test_what_others_say_is_not_the_client(desk: Desk, job: Job) -> None:
    strike(6)
    stirs(desk, job, "talk")

    assert strike(7.01) == 1


def test_a_hold_stops_the_clock(desk: Desk, job: Job) -> None:
    with later(days=2):
        put_on_hold(job.key, "payment is being cleared", by=desk.who("bea"))
    with later(days=3):
        put_on_hold(job.key, "still being cleared", by=desk.who("bea"))
    assert strike(50) == 0

    with later(days=12):
        holds.lift(job.key, by=desk.who("bea"))

    assert desk.see(job).held_at is None
    assert [strike(15.9), strike(16), strike(17.01)] == [0, 1, 1]


def test_words_during_a_hold_count_from_its_end(desk: Desk, job: Job) -> None:
    with later(days=2):
        put_on_hold(job.key, "a question", by=desk.who("bea"))
    with later(days=4):
        comments.say(job.key, "Here is the answer", by=desk.who("cleo"))
    with later(days=10):
        holds.lift(job.key, by=desk.who("bea"))

    assert [strike(15.9), strike(16.1)] == [0, 1]


def test_an_unpaid_order_waits_and_staff_hear_once(desk: Desk) -> None:
    desk.rules(auto_complete_days=7, paid_before_completion=True)
    job = desk.job("delivered", amount=5000)
    strike(6)

    assert [strike(7.01), strike(7.02), strike(20)] == [1, 0, 0]

    assert stands(desk, job) is Status.delivered
    words = (
        f'Order "{job.title}": The order cannot complete by itself yet. '
        "The order is not paid yet. Bea (manager) can record a payment."
    )
    assert (desk.news_of("bea"), desk.news_of("ada"), desk.news_of("bob")) == ([words], [words], [])
    assert len(desk.news_of("cleo")) == 1

    payments.record(job.key, 5000, by=desk.who("bea"))
    assert (strike(20), stands(desk, job)) == (1, Status.completed)


@pytest.mark.parametrize("days", [6, 7.01])
def test_two_processes_at_once(desk: Desk, job: Job, days: float) -> None:
    others = [desk.job("delivered") for _ in range(3)]
    if days > 7:
        strike(6)

    with ThreadPoolExecutor(2) as pool:
        taken = [int(printed) for printed in pool.map(desk.elsewhere, [STRIKES.format(days=days)] * 2)]

    assert sum(taken) == 4
    assert reminders(desk) == 4
    done = Status.completed if days > 7 else Status.delivered
    assert [stands(desk, one) for one in (job, *others)] == [done] * 4
    assert desk.faults() == []


def test_a_client_without_account_is_written_nothing(desk: Desk, job: Job) -> None:
    desk.sql("UPDATE users SET active = false WHERE email = 'cleo@example.com'")

    assert [strike(6), strike(7.01)] == [1, 1]
    assert not [letter for letter in desk.letters() if letter.type == "completion_near"]


def test_the_clock_may_do_nothing_else(desk: Desk, job: Job) -> None:
    with desk.database.reading() as session:
        ways = {way.action: way.possible for way in possibilities(question(session, job, None))}

    assert ways == {"request_revision": False, "complete": True, "cancel": False}
