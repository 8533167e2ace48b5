"""Drafts: an order being written is kept with its files, and what is placed takes them along."""

import pytest
from sqlmodel import select

from models import Draft, DraftFile, File, database
from models.file import Kind
from tests.desk import Desk, later, refused
from tests.workflow.test_files import on_disk
from workflow import drafts, ordering, storage, upkeep
from workflow.ordering import Order
from workflow.refusals import Forbidden, InvalidField


def lay(desk: Desk, name: str, content: bytes = b"words", by: str = "cleo") -> DraftFile:
    """Lay a file beside somebody's draft."""
    with storage.Incoming() as incoming:
        incoming.write(content)
        return drafts.bring(incoming, name, by=desk.who(by))


def left(desk: Desk, name: str) -> tuple[dict[str, object] | None, list[str]]:
    """Somebody's draft as it stands."""
    with database.reading() as session:
        draft, found = drafts.read(session, desk.who(name))
    return draft and draft.content, [file.name for file in found]


def test_the_form_is_kept_as_it_was_left(desk: Desk) -> None:
    for title in ("Te", "Tea"):
        drafts.keep({"title": title}, by=desk.who("cleo"))

    assert left(desk, "cleo") == ({"title": "Tea"}, [])
    assert left(desk, "carl") == (None, [])


def test_its_files_become_the_brief(desk: Desk) -> None:
    drafts.keep({"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "../notes.txt")
    lay(desk, "carls.txt", by="carl")

    job = ordering.place(Order("Tea"), by=desk.who("cleo"), with_draft=True)

    with database.reading() as session:
        (file,) = File.of(session, job, desk.who("cleo"))
    assert (file.name, file.kind, file.media_type) == ("notes.txt", Kind.brief, "text/plain")
    assert left(desk, "cleo") == (None, [])
    assert left(desk, "carl") == (None, ["carls.txt"])


def test_an_order_that_is_refused_takes_nothing(desk: Desk) -> None:
    lay(desk, "notes.txt")

    with pytest.raises(InvalidField):
        ordering.place(Order(""), by=desk.who("cleo"), with_draft=True)

    assert left(desk, "cleo") == (None, ["notes.txt"])


def test_what_is_taken_out_is_swept(desk: Desk) -> None:
    kept, gone = lay(desk, "kept.txt"), lay(desk, "gone.txt")

    drafts.take_out(gone.id or 0, by=desk.who("carl"))
    assert left(desk, "cleo")[1] == ["kept.txt", "gone.txt"]
    drafts.take_out(gone.id or 0, by=desk.who("cleo"))
    with later(hours=2):
        storage.sweep()

    assert [path.name for path in on_disk()] == [kept.stored_as]


def test_starting_over_leaves_nothing(desk: Desk) -> None:
    drafts.keep({"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "notes.txt")

    drafts.start_over(by=desk.who("cleo"))

    assert left(desk, "cleo") == (None, [])


def test_a_month_later_it_is_forgotten(desk: Desk) -> None:
    drafts.keep({"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "notes.txt")
    with later(days=20):
        drafts.keep({"title": "Coffee"}, by=desk.who("carl"))

    with later(days=31):
        upkeep.tidy()

    assert left(desk, "cleo") == (None, [])
    assert left(desk, "carl") == ({"title": "Coffee"}, [])


def test_more_than_an_order_holds_is_not_kept(desk: Desk) -> None:
    with refused("This is more than an order can hold.", InvalidField):
        drafts.keep({"instructions": "x" * 300_000}, by=desk.who("cleo"))
    for number in range(drafts.MOST_FILES):
        lay(desk, f"{number}.txt")

    with refused("At most 20 files fit", InvalidField):
        lay(desk, "one too many.txt")
    with database.reading() as session:
        assert session.exec(select(Draft)).all() == []
    assert len(on_disk()) == drafts.MOST_FILES


def test_who_orders_nothing_lays_nothing_beside_it(desk: Desk) -> None:
    with refused("Only clients and the agency can place orders.", Forbidden):
        lay(desk, "notes.txt", by="wren")

    assert on_disk() == []
