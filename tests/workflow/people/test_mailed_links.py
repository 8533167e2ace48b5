"""Mailed links: each lets one person in once, and nobody learns from them who has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from models import MailedLink, database
from tests.desk import Desk, later, on_sqlite, refused
from workflow import upkeep
from workflow.people import administration, mailed_links, new_passwords, sign_ins
from workflow.refusals import DeadLink

CLEO = "cleo@example.com"


def key_of(desk: Desk) -> str:
    """The key in the newest letter."""
    (key,) = re.findall(r"/login/with\?key=([\w-]+)", desk.letters()[-1].body)
    return key


def mailed(desk: Desk, email: str = CLEO) -> str:
    """The key of a link that was mailed just now."""
    mailed_links.send(email)
    return key_of(desk)


@pytest.mark.parametrize("email", [CLEO, " Cleo@Example.COM "])
def test_the_letter_brings_the_key(desk: Desk, email: str) -> None:
    session_key = mailed_links.use(mailed(desk, email), "Lynx")

    assert sign_ins.signed_in(session_key) == desk.who("cleo")
    assert not new_passwords.needs_old_password(session_key)
    (letter,) = desk.letters()
    assert (letter.type, letter.recipient, letter.user_id) == ("sign_in", CLEO, desk.who("cleo").id)
    assert letter.body.endswith(f"Sign in:\nhttp://localhost:8080/login/with?key={key_of(desk)}\n")


@on_sqlite
def test_the_letter_says_what_it_is_for(desk: Desk) -> None:
    mailed_links.send(CLEO, "/profile")

    (letter,) = desk.letters()
    assert "\nThen you can set a new password, without the old one.\n" in letter.body
    assert letter.body.endswith("&next=/profile\n")


@on_sqlite
def test_a_path_adds_nothing_to_the_letter(desk: Desk) -> None:
    mailed_links.send(CLEO, "/jobs/1?a=b&key=c#\r\n\r\nElsewhere:\nhttps://evil.example")

    assert desk.letters()[0].body.count("\n\n") == 3
    assert desk.letters()[0].body.endswith(
        "&next=/jobs/1%3Fa%3Db%26key%3Dc%23%0D%0A%0D%0AElsewhere%3A%0Ahttps%3A//evil.example\n"
    )


@pytest.mark.parametrize(
    "email",
    ["nobody@example.com", "ivy@example.com", "", "%", "cleo@example.com\x00", "half\ud83d@example.com"],
    ids=ascii,
)
def test_who_has_no_account_gets_none(desk: Desk, email: str) -> None:
    mailed_links.send(email)

    assert desk.letters() == []


def test_a_link_is_used_once(desk: Desk) -> None:
    key = mailed(desk)
    mailed_links.use(key)

    with refused(mailed_links.DEAD, DeadLink):
        mailed_links.use(key)


def test_of_two_at_once_one_comes_in(desk: Desk) -> None:
    key, together = mailed(desk), Barrier(2)

    def use(_: int) -> bool:
        together.wait()
        try:
            return bool(mailed_links.use(key))
        except DeadLink:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, range(2))) == [False, True]


def test_it_grows_old_soon(desk: Desk) -> None:
    key = mailed(desk)

    with later(minutes=15, seconds=1), refused(mailed_links.DEAD, DeadLink):
        mailed_links.use(key)
    with later(minutes=14, seconds=50):
        assert mailed_links.use(key)


@pytest.mark.parametrize("key", ["", "guessed", "%", "half\ud83d", "\x00"], ids=ascii)
def test_what_was_made_up_opens_nothing(desk: Desk, key: str) -> None:
    mailed(desk)

    with refused(mailed_links.DEAD, DeadLink):
        mailed_links.use(key)


def test_a_closed_account_stays_closed(desk: Desk) -> None:
    key = mailed(desk, "wren@example.com")
    administration.change(desk.who("wren").key, {"active": False}, by=desk.who("ada"))

    with refused(mailed_links.DEAD, DeadLink):
        mailed_links.use(key)


def test_nobodys_mailbox_is_flooded(desk: Desk) -> None:
    keys = [mailed(desk) for _ in range(5)]
    assert len(desk.letters()) == len(set(keys)) == 3

    mailed_links.use(keys[0])
    mailed_links.send("carl@example.com")
    mailed_links.send(CLEO)

    assert [letter.recipient for letter in desk.letters()[3:]] == ["carl@example.com", CLEO]
    with later(minutes=16):
        mailed_links.send(CLEO)
    assert len(desk.letters()) == 6


def test_the_key_is_kept_in_the_letter_alone(desk: Desk) -> None:
    key = mailed(desk)

    with database.reading() as session:
        link = session.get_one(MailedLink, 1)
    assert key not in repr(link)
    assert link.expires_at - link.created_at >= timedelta(minutes=14)


def test_what_is_over_is_dropped_some_days_later(desk: Desk) -> None:
    mailed(desk)

    with later(days=2):
        upkeep.tidy()
        assert count() == 1
    with later(days=8):
        upkeep.tidy()
        assert count() == 0


def count() -> int:
    with database.reading() as session:
        return int(session.get(MailedLink, 1) is not None)
