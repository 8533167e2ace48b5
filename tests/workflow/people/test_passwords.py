"""Passwords: hashed with Argon2, and compared without telling who exists."""

import time

import pytest

from tests.desk import PASSWORD, refused
from workflow.people import guessable, passwords
from workflow.refusals import InvalidField


@pytest.fixture(autouse=True)
def quick_hashes() -> None:
    """Here they cost what they cost people."""


def test_a_hash_fits_its_password() -> None:
    first, second = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)

    assert first != second
    assert passwords.fits(PASSWORD, first)
    assert not passwords.fits(PASSWORD.upper(), first)


def test_guessing_is_made_slow() -> None:
    kind, _version, costs = passwords.hashed(PASSWORD).split("$")[1:4]
    memory, rounds, _lanes = (int(cost.split("=")[1]) for cost in costs.split(","))

    assert (kind, memory, rounds) == ("argon2id", 65536, 3)


@pytest.mark.parametrize("password", ["nobody's password", "", "\x00", "\ud83d", "x" * 100_000], ids=ascii)
def test_nothing_fits_nobody(password: str) -> None:
    assert passwords.fits(password, None) is False


@pytest.mark.parametrize("password", ["correct horse", "vier Käsebrote im Regen", "🎉🍋🚲🦊🎻🧊🌵🪁🥁🐢"])
def test_whatever_is_hard_to_guess_will_do(password: str) -> None:
    assert passwords.fits(password, passwords.hashed(passwords.checked(password)))


@pytest.mark.parametrize("password", ["nine char", "x" * 201, "\x00" * 10, "\ud83d" * 10], ids=ascii)
def test_other_passwords_are_refused(password: str) -> None:
    with refused("password", InvalidField):
        passwords.checked(password)


@pytest.mark.parametrize(
    "password", ["1234567890", "qwertyuiop", "Password123", "aaaaaaaaaaaa", " " * 10, "1234567890" * 8, "01.12.1990"]
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with refused(guessable.EASY, InvalidField):
        passwords.checked(password)


@pytest.mark.parametrize("password", ["wrenwalsh1", "walsh!wren!2026", "w4lsh-wr3n", "hslaw nerw", "PaperInk2026"])
def test_and_what_others_know_of_somebody(password: str) -> None:
    with refused(guessable.OWN, InvalidField):
        passwords.checked(password, "Wren Walsh", "wren@example.com", "Paper & Ink")


def test_an_agency_without_a_name_gives_nothing_away() -> None:
    assert passwords.checked("docket-demo", "Wren Walsh", "wren@example.com", "Docket") == "docket-demo"


def test_no_password_keeps_the_desk_busy() -> None:
    begun = time.thread_time()

    assert guessable.why("4@8({[<369!1|0$5+7%2" * 4, ["Wren Walsh"]) == ""

    assert time.thread_time() - begun < 2.5  # it took twice as long while all was looked at


def test_what_is_known_of_one_is_not_held_against_another() -> None:
    with refused(guessable.OWN, InvalidField):
        passwords.checked("zsuzsanna kovacs", "Zsuzsanna Kovacs")

    assert passwords.checked("zsuzsanna kovacs", "Wren Walsh")


def test_a_password_is_the_same_on_every_keyboard() -> None:
    kept = passwords.hashed("  Ré sume\u0301 ﬁve  ")

    assert passwords.fits("  Re\u0301 sumé five  ", kept)
    assert not passwords.fits("Ré sumé five", kept)


def test_a_hash_from_before_that_still_opens() -> None:
    typed = "Re\u0301sume\u0301 ten"

    assert passwords.fits(typed, passwords._context.hash(typed))


def test_no_account_takes_as_long_as_any() -> None:
    assert not passwords.fits("docket-demo", None)
    assert passwords._NOBODYS.split("$")[:4] == passwords.hashed("docket-demo").split("$")[:4]


def test_nothing_of_a_password_is_cut_off() -> None:
    kept = passwords.hashed("x" * 200)

    assert not passwords.fits("x" * 201, kept)
    assert not passwords.fits("x" * 2000, kept)
