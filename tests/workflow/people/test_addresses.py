"""Addresses: what can be mailed reaches its mailbox, what never can is refused when it is typed."""

import pytest

from models.letter import Letter
from models.user import Role
from tests.desk import FRESH, Desk
from workflow import checks
from workflow.mail import message
from workflow.people import accounts, sign_ins
from workflow.refusals import InvalidField

TYPED = "Info@B\u00fccher.example"


def letter(recipient: str, subject: str = "News") -> Letter:
    return Letter(type="news", recipient=recipient, subject=subject, body="Hello", message_id="<1@docket>")


def test_a_domain_in_any_script_reaches_its_mailbox(desk: Desk) -> None:
    user = accounts.add("Uli", TYPED, Role.client, FRESH, by=None)

    mail = message.message(letter(user.email), "Paper & Ink")

    assert user.email == "info@bücher.example"
    assert mail["To"] == "info@xn--bcher-kva.example"
    mail.as_bytes().decode("ascii")


@pytest.mark.parametrize("typed", [TYPED, "info@bu\u0308cher.example", "info@xn--bcher-kva.example"])
def test_however_it_is_typed_it_is_the_same_person(desk: Desk, typed: str) -> None:
    accounts.add("Uli", TYPED, Role.client, FRESH, by=None)

    assert sign_ins.authenticate(typed, FRESH).name == "Uli"


@pytest.mark.parametrize(
    "typed",
    [
        *("cleo", "cleo@", "@example.com", "a b@example.com", "jörg@example.com", "a@b..com", "a@-b.com"),
        *(".a@example.com", "a@example.com, b@example.com", "<a@example.com>", "a@example.com\nBcc: b@example.com"),
        "a@nowhere.invalid",
    ],
)
def test_what_can_never_be_mailed_is_refused(typed: str) -> None:
    with pytest.raises(InvalidField):
        checks.address(typed)


@pytest.mark.parametrize(
    "hidden", ["=?utf-8?q?Hi=0D=0ABcc:_b@example.com?=", "=?utf-8?b?SGkKQmNjOiBiQGV4YW1wbGUuY29t?="]
)
def test_a_header_decodes_nothing_that_people_typed(desk: Desk, hidden: str) -> None:
    mail = message.message(letter("cleo@example.com", hidden), hidden)

    raw = mail.as_bytes().decode()
    assert "\nBcc" not in raw
    assert mail["Subject"] == hidden.replace("=?", "= ?")
    assert "Bcc" not in mail
