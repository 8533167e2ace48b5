"""Unsubscribing: one click ends the letters that somebody asked for, and a forged one ends nothing."""

import hmac

import pytest
from itsdangerous import URLSafeSerializer

import settings
from models import Letter, Preference, database
from models.preference import Channel
from tests.desk import Desk, refused
from workflow.mail import unsubscribe
from workflow.notifications import preferences
from workflow.refusals import UnknownKey


def channel_of(desk: Desk, name: str, type_: str) -> Channel | None:
    """How somebody hears of this type."""
    with database.reading() as session:
        return Preference.of(session, desk.who(name).key).get(type_)


@pytest.fixture
def letter(desk: Desk) -> Letter:
    """The letter by which Cleo hears that work has started."""
    preferences.choose("order_updated", Channel.at_once, by=desk.who("cleo"))
    desk.make(desk.job("assigned"), "start", by="wren")
    return desk.letters()[-1]


def token(letter: Letter) -> str:
    return unsubscribe.address(letter).rsplit("/", 1)[1]


def test_one_click_ends_the_letters(desk: Desk, letter: Letter) -> None:
    assert unsubscribe.is_optional(letter)
    assert unsubscribe.called(token(letter)) == "An order’s status has changed"
    assert channel_of(desk, "cleo", "order_updated") is Channel.at_once

    unsubscribe.unsubscribe(token(letter))

    assert channel_of(desk, "cleo", "order_updated") is Channel.in_app


def test_links_of_earlier_letters_still_work(desk: Desk, letter: Letter) -> None:
    said = f"{desk.who('cleo').key}.order_updated"
    seal = hmac.new(settings.current().secret, f"unsubscribe {said}".encode(), "sha256").hexdigest()

    with refused(unsubscribe.UNKNOWN, UnknownKey):
        unsubscribe.unsubscribe(f"{said}.{seal[:-1]}x")
    unsubscribe.unsubscribe(f"{said}.{seal}")

    assert channel_of(desk, "cleo", "order_updated") is Channel.in_app


@pytest.mark.parametrize("channel", [Channel.off, Channel.in_app])
def test_an_old_link_loosens_nothing(desk: Desk, letter: Letter, channel: Channel) -> None:
    preferences.choose("order_updated", channel, by=desk.who("cleo"))

    unsubscribe.unsubscribe(token(letter))

    assert channel_of(desk, "cleo", "order_updated") is channel


def test_the_digest_ends_as_a_whole(desk: Desk) -> None:
    for type_ in ("comment_added", "file_added"):
        preferences.choose(type_, Channel.digest, by=desk.who("cleo"))
    preferences.choose("order_updated", Channel.at_once, by=desk.who("cleo"))
    digest = Letter(user_id=desk.who("cleo").id, type="digest")  # pyright: ignore[reportCallIssue]

    unsubscribe.unsubscribe(token(digest))

    channels = [channel_of(desk, "cleo", type_) for type_ in ("comment_added", "file_added", "order_updated")]
    assert channels == [Channel.in_app, Channel.in_app, Channel.at_once]


def claim(*said: object) -> str:
    """What a link says, without the seal."""
    return str(URLSafeSerializer("a guess").dumps(said)).rpartition(".")[0]


def test_a_forged_link_ends_nothing(desk: Desk, letter: Letter) -> None:
    real = token(letter)
    seal = real.rpartition(".")[2]
    foreign = f"{claim(desk.who('carl').key, 'order_updated')}.{seal}"
    other = f"{claim(letter.user_id, 'file_added')}.{seal}"

    for forged in (real.upper(), real[:-1], f"9{real}", foreign, other, "", "..", "ü.order_updated.y", "1.songs.y"):
        with refused(unsubscribe.UNKNOWN, UnknownKey):
            unsubscribe.unsubscribe(forged)

    assert channel_of(desk, "cleo", "order_updated") is Channel.at_once


def test_the_delivery_letter_cannot_be_ended(desk: Desk) -> None:
    desk.job("delivered")

    assert not unsubscribe.is_optional(desk.letters()[-1])
