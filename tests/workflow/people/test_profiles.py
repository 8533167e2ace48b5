"""Profiles: where somebody is, their browser says at first; from then on they say it themselves."""

from tests.desk import Desk, refused
from workflow.people import profiles
from workflow.refusals import InvalidField


def test_the_first_sign_in_tells_where_somebody_is(desk: Desk) -> None:
    profiles.learn("Europe/Vienna", "de-AT,de;q=0.9", by=desk.who("cleo"))
    profiles.learn("Asia/Tokyo", "ja", by=desk.who("cleo"))

    cleo = desk.who("cleo")
    assert (cleo.time_zone, cleo.locale) == ("Europe/Vienna", "en_AT")


def test_only_a_place_that_is_known_can_be_chosen(desk: Desk) -> None:
    with refused("not known of that place", InvalidField):
        profiles.set_profile("Cleo Clark", "UTC", "auto", "de_DE", by=desk.who("cleo"))
