"""The key of the first start: it opens, and who guesses it is slowed down."""

from tests.desk import Desk, refused
from workflow.people import first_start, guessing
from workflow.refusals import InvalidField, TooOften


def test_the_key_cannot_be_guessed_for_long(desk: Desk) -> None:
    for number in range(20):
        with refused(first_start.WRONG, InvalidField):
            first_start.check(f"guess {number}", "192.0.2.1")

    with refused(guessing.LOST, TooOften):
        first_start.check("guess", "192.0.2.1")

    for _ in range(21):
        first_start.check(first_start._key(), "198.51.100.7")
