"""Letters: each goes out at least once, whatever becomes of the mail server or of us, and two processes share them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest

from models import Agency, Letter, clock, database
from models.database import Database
from models.letter import Delivery
from models.process import Process, forget
from tests.desk import FAILED, Desk, later, on_sqlite
from tests.mailbox import Mailbox, nobody, opened, post_to, silence
from workflow.mail import causes, queue

SEND = "from workflow.mail import queue\ndb.use(settings.current().database)\nwhile queue.send_due(): pass"


@pytest.fixture
def mailbox(desk: Desk) -> Iterator[Mailbox]:
    """The server that the desk's letters go to."""
    with opened() as box:
        post_to(desk, box.url())
        yield box
        post_to(desk, "")


@pytest.fixture
def down(desk: Desk) -> Iterator[None]:
    """No server is where the desk's letters should go."""
    with nobody() as url:
        post_to(desk, url)
        yield
        post_to(desk, "")


def write(desk: Desk, number: int = 1, to: str = "cleo@example.com") -> None:
    """Have so many letters wait."""
    with database.writing() as session:
        for _ in range(number):
            known = {
                "user_id": desk.who("cleo").key,
                "type": "delivered",
                "message_id": f"<{os.urandom(8).hex()}@docket>",
            }
            session.add(Letter(recipient=to, subject="Tea is ready", body="Have a look.", **known))


def ids(box: Mailbox) -> list[str]:
    """The Message-IDs of all that came in."""
    return sorted(mail["Message-ID"] for mail in box.taken)


def test_a_delivery_arrives_once(desk: Desk, mailbox: Mailbox) -> None:
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))
    job = desk.job("delivered", title="Tea 🍵")

    assert [queue.send_due(), queue.send_due()] == [1, 0]

    (letter,), (mail,) = desk.letters(), mailbox.taken
    assert (mail["Subject"], mail["To"]) == (f"Tea 🍵 is ready for you ({job.display_id})", "cleo@example.com")
    assert (mail["From"], mail["Message-ID"]) == ("Paper & Ink <docket@localhost>", letter.message_id)
    assert (letter.delivery, letter.tries, letter.last_error) == (Delivery.sent, 1, None)
    assert letter.sent_at


def test_without_a_server_they_wait(desk: Desk) -> None:
    desk.job("delivered")

    with later(days=30):
        assert queue.send_due() == 0

    assert (desk.letters()[0].delivery, desk.letters()[0].tries) == (Delivery.waiting, 0)


def test_pauses_double_up_to_six_hours(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    mailbox.answer = "451 Come back later"
    (letter,) = desk.letters()
    tried = []
    while letter.delivery is Delivery.waiting:
        tried.append(letter.next_try_at)
        with clock.at(tried[-1] - timedelta(seconds=1)):
            queue.send_due()
        with clock.at(tried[-1]):
            queue.send_due()
        (letter,) = desk.letters()

    assert [(after - before) / timedelta(minutes=1) for before, after in pairwise(tried)] == [
        *(1, 2, 4, 8, 16, 32, 64, 128, 256),
        *[360] * (len(tried) - 10),
    ]
    assert timedelta(days=3) <= tried[-1] - letter.created_at < timedelta(days=3, hours=6)
    assert (letter.delivery, letter.tries, letter.cause) == (Delivery.given_up, len(tried), "later")
    assert letter.last_error == "451 Come back later"


def test_what_is_given_up_rests(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    desk.sql("UPDATE letters SET delivery = 'given_up'")

    with later(days=30):
        assert queue.send_due() == 0


def test_after_the_storm_it_arrives_as_itself(desk: Desk, down: None) -> None:
    desk.job("delivered")
    queue.send_due()

    with opened() as box, later(hours=1):
        post_to(desk, box.url())
        assert queue.send_due() == 1

    (letter,) = desk.letters()
    assert ids(box) == [letter.message_id]
    assert (letter.tries, letter.last_error) == (1, None)


@pytest.mark.parametrize(
    "answer, cause, noted",
    [
        ("550 5.1.1 Nobody", "address", "550 5.1.1 Nobody"),
        ("550 Nobody", "address", "550 Nobody"),
        ("552 5.2.2 Full", "full", "552 5.2.2 Full"),
        ("550 5.7.26 No SPF", "untrusted", "550 5.7.26 No SPF"),
        ("554 No", "refused", "554 No"),
        (b"554 Empf\xe4nger\0", "refused", "554 Empf?nger"),
    ],
)
def test_a_permanent_answer_gives_up(desk: Desk, mailbox: Mailbox, answer: str | bytes, cause: str, noted: str) -> None:
    write(desk)
    mailbox.answer = answer

    assert queue.send_due() == 0

    (letter,) = desk.letters()
    assert (letter.delivery, letter.tries, letter.cause) == (Delivery.given_up, 1, cause)
    assert letter.last_error == noted
    assert causes.advice(letter.cause)


@pytest.mark.parametrize("address", ["mary@.example.com", "(mary@example.com", "mary@[x", "a,b@example.com"])
def test_a_wrong_address_holds_up_nobody(desk: Desk, mailbox: Mailbox, address: str) -> None:
    write(desk, to=address)
    write(desk)

    assert queue.send_due() == 1

    wrong, right = desk.letters()
    assert (wrong.delivery, wrong.cause, right.delivery) == (Delivery.given_up, "address", Delivery.sent)
    assert wrong.last_error


def test_a_change_does_not_wait_for_the_mail(desk: Desk) -> None:
    job = desk.job("in_progress")
    write(desk)
    with ThreadPoolExecutor(1) as clock_of_letters, silence() as url:
        post_to(desk, url)
        clock_of_letters.submit(queue.send_due)
        while not any(letter.claimed_by for letter in desk.letters()):
            time.sleep(0.01)
        start = time.monotonic()
        desk.make(job, "deliver", by="wren")
        seconds = time.monotonic() - start
    post_to(desk, "")

    assert (job.status, len(desk.letters())) == ("delivered", 2)
    assert seconds < 5


def test_a_crash_sends_it_again(desk: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies when the server has taken the letter, before it can write that down."""
    monkeypatch.setenv("DOCKET_SMTP_URL", mailbox.url())
    write(desk)
    script = [sys.executable, "-c", f"from models import database as db; import settings\n{SEND}"]
    with subprocess.Popen(script, cwd=Path(__file__).parents[3], env=desk.environment) as process:
        mailbox.meanwhile = process.kill
    mailbox.meanwhile = lambda: None

    assert (process.returncode, queue.send_due()) == (-9, 0)
    forget()
    with later(seconds=31):
        assert queue.send_due() == 1

    (letter,) = desk.letters()
    assert ids(mailbox) == [letter.message_id] * 2
    assert (letter.delivery, letter.tries) == (Delivery.sent, 1)


def test_two_processes_send_each_once(desk: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKET_SMTP_URL", mailbox.url())
    monkeypatch.setattr(queue, "AT_ONCE", 3)
    mailbox.seconds = 0.02
    write(desk, 30)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(desk.elsewhere, f"from workflow.mail import queue\nqueue.AT_ONCE = 3\n{SEND}")
        while not (mailbox.taken or other.done()):
            time.sleep(0.01)
        ours = sum(iter(queue.send_due, 0))
        other.result()

    assert 0 < ours < 30
    assert ids(mailbox) == sorted(letter.message_id for letter in desk.letters())
    assert {letter.delivery for letter in desk.letters()} == {Delivery.sent}


def test_no_letter_is_claimed_twice(desk: Desk) -> None:
    """Each thread has a connection of its own, as every process has."""
    write(desk, 40)
    start = Barrier(4)

    def claim(number: int) -> list[int]:
        own = Database(desk.url)
        start.wait()
        claimed: list[int] = []
        for _ in range(5):
            with own.writing() as session:
                claimed += [letter.key for letter in Letter.claim(session, 3, in_hand=claimed, by=str(number))]
        own.dispose()
        return claimed

    with ThreadPoolExecutor(4) as pool:
        claimed = [letter for part in pool.map(claim, range(4)) for letter in part]

    assert sorted(map(str, claimed)) == sorted(str(letter.id) for letter in desk.letters())


@on_sqlite
def test_what_others_have_taken_over_is_left(desk: Desk, mailbox: Mailbox) -> None:
    """As after a long sleep: by then, our claims were void."""
    write(desk, 5)
    with database.writing() as session:
        Process.is_seen(session, "another")
    mailbox.meanwhile = lambda: desk.sql("UPDATE letters SET claimed_by = 'another' WHERE id > 1")

    assert [queue.send_due(), queue.send_due()] == [1, 0]

    mailbox.meanwhile = lambda: None
    forget()
    with later(seconds=31):
        assert queue.send_due() == 4
    assert len(set(ids(mailbox))) == 5


def test_what_a_failed_round_left_is_ours_still(desk: Desk, mailbox: Mailbox) -> None:
    write(desk, 2)
    with desk.without("users"), pytest.raises(FAILED):
        queue.send_due()

    assert queue.send_due() == 2
