"""Samples: an agency that looks around with them mails nobody."""

from models.letter import Delivery
from tests.desk import Desk, on_sqlite
from workflow import accounts, demo, envelopes


@on_sqlite
def test_sample_people_get_no_letters(desk: Desk) -> None:
    desk.sql("DELETE FROM users")
    accounts.set_up("Paper & Ink", "Ada Adler", "ada@example.com", "a long password")

    demo.fill()

    assert {(letter.delivery, letter.last_error) for letter in desk.letters()} == {(Delivery.dropped, envelopes.SAMPLE)}
    desk.job("delivered", client="client1", writer="writer1", manager="manager1")
    assert desk.letters()[-1].delivery is Delivery.waiting
