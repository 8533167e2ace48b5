"""Samples: an agency that looks around with them mails nobody, then and later."""

from sqlmodel import select

from models import Job, database
from models.letter import Delivery
from models.status import Status
from tests.desk import Desk, on_sqlite
from workflow import moves
from workflow.demo import sample
from workflow.mail import reasons
from workflow.people import accounts


@on_sqlite
def test_sample_people_get_no_letters(desk: Desk) -> None:
    desk.sql("DELETE FROM users")
    ada = accounts.set_up("Paper & Ink", "Ada Adler", "ada@example.com", "a long password")

    sample.fill()
    written = len(desk.letters())
    with database.reading() as session:
        editing = session.exec(select(Job).where(Job.status == Status.editing)).first()
    assert editing
    moves.make(editing.key, "deliver", by=ada)

    assert len(desk.letters()) > written
    assert {(each.delivery, each.last_error) for each in desk.letters()} == {(Delivery.dropped, reasons.MADE_UP)}
