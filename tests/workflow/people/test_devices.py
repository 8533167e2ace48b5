"""Devices: a letter tells of a sign-in from a browser that its person never came by before."""

from tests.desk import Desk, on_sqlite
from workflow.people import devices, sign_ins

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def come(desk: Desk, name: str, device: str = "") -> str:
    """Somebody signs in by a browser that has this key; the key that it keeps."""
    return devices.meet(sign_ins.sign_in(desk.who(name)), device, FIREFOX, "192.0.2.1")


def test_the_first_browser_is_no_news_the_second_is(desk: Desk) -> None:
    at_home = come(desk, "cleo")
    assert desk.letters() == []

    elsewhere = come(desk, "cleo")

    (letter,) = desk.letters()
    assert (letter.type, letter.recipient) == ("new_device", "cleo@example.com")
    assert "Firefox on Linux, from 192.0.2.1." in letter.body
    assert [come(desk, "cleo", key) for key in (at_home, elsewhere)] == [at_home, elsewhere]
    assert len(desk.letters()) == 1


@on_sqlite
def test_two_people_share_a_browser(desk: Desk) -> None:
    shared, _own = come(desk, "cleo"), come(desk, "carl")

    assert come(desk, "carl", shared) == shared

    assert [letter.recipient for letter in desk.letters()] == ["carl@example.com"]
    assert come(desk, "carl", shared) == shared
    assert len(desk.letters()) == 1


@on_sqlite
def test_a_made_up_key_knows_nobody(desk: Desk) -> None:
    come(desk, "cleo")

    come(desk, "cleo", "guessed")

    assert len(desk.letters()) == 1
