"""Drafts: an order being written is kept with its files, and what is placed takes them along."""

import pytest

from models import DraftFile, File, database
from models.file import Kind
from tests.desk import Desk, later, refused
from tests.workflow.orders.test_files import on_disk
from workflow import upkeep
from workflow.orders import drafts, placing
from workflow.orders.terms import Order
from workflow.refusals import Forbidden, InvalidField, NotFound
from workflow.storage import sweep
from workflow.storage.incoming import Incoming


def lay(desk: Desk, name: str, *, key: str = "one", by: str = "cleo") -> DraftFile:
    """Lay a file beside one of somebody's drafts."""
    with Incoming() as incoming:
        incoming.write(b"words")
        return drafts.bring(incoming, key, name, by=desk.who(by))


def left(desk: Desk, name: str, key: str = "one") -> tuple[dict[str, object] | None, list[str]]:
    """One of somebody's drafts as it stands."""
    with database.reading() as session:
        draft, found = drafts.read(session, key, desk.who(name))
    return draft and draft.content, [file.name for file in found]


def test_the_form_is_kept_as_it_was_left(desk: Desk) -> None:
    for title in ("Te", "Tea"):
        drafts.keep("one", {"title": title}, by=desk.who("cleo"))

    assert left(desk, "cleo") == ({"title": "Tea"}, [])
    assert left(desk, "carl") == (None, [])


def test_its_files_become_the_brief(desk: Desk) -> None:
    drafts.keep("one", {"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "../notes.txt")
    lay(desk, "carls.txt", by="carl")

    job = placing.place(Order("Tea"), by=desk.who("cleo"), draft="one")

    with database.reading() as session:
        (file,) = File.of(session, job, desk.who("cleo"))
    assert (file.name, file.kind, file.media_type) == ("notes.txt", Kind.brief, "text/plain")
    assert left(desk, "cleo") == (None, [])
    assert left(desk, "carl") == ({}, ["carls.txt"])


def test_an_order_that_is_refused_takes_nothing(desk: Desk) -> None:
    lay(desk, "notes.txt")

    with pytest.raises(InvalidField):
        placing.place(Order(""), by=desk.who("cleo"), draft="one")

    assert left(desk, "cleo") == ({}, ["notes.txt"])


def test_each_has_words_and_files_of_its_own(desk: Desk) -> None:
    for key in ("one", "two"):
        drafts.keep(key, {"title": key}, by=desk.who("cleo"))
        lay(desk, f"{key}.txt", key=key)

    job = placing.place(Order("One"), by=desk.who("cleo"), draft="one")

    with database.reading() as session:
        assert [file.name for file in File.of(session, job, desk.who("cleo"))] == ["one.txt"]
    assert left(desk, "cleo", "one") == (None, [])
    assert left(desk, "cleo", "two") == ({"title": "two"}, ["two.txt"])


def test_the_key_of_another_leads_nowhere(desk: Desk) -> None:
    drafts.keep("one", {"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "notes.txt")

    drafts.start_over("one", by=desk.who("carl"))
    job = placing.place(Order("Tea"), by=desk.who("carl"), draft="one")

    with database.reading() as session:
        assert File.of(session, job, desk.who("carl")) == []
    assert left(desk, "carl") == (None, [])
    assert left(desk, "cleo") == ({"title": "Tea"}, ["notes.txt"])


@pytest.mark.parametrize("key", ["", "two words", "x" * 33, "ключ", "a\x00"])
def test_what_is_no_key_has_no_draft(desk: Desk, key: str) -> None:
    with pytest.raises(NotFound):
        lay(desk, "notes.txt", key=key)


def test_nobody_begins_without_end(desk: Desk) -> None:
    for number in range(drafts.MOST_DRAFTS):
        drafts.keep(f"{number}", {"title": "Tea"}, by=desk.who("cleo"))

    with refused("You have 50 unfinished orders.", InvalidField):
        lay(desk, "notes.txt")
    drafts.keep("7", {"title": "Coffee"}, by=desk.who("cleo"))
    assert left(desk, "cleo", "7") == ({"title": "Coffee"}, [])


def test_nothing_is_left_of_a_draft_that_is_empty(desk: Desk) -> None:
    file = lay(desk, "notes.txt")

    drafts.take_out(file.id or 0, by=desk.who("cleo"))

    assert left(desk, "cleo") == (None, [])


def test_what_is_taken_out_is_swept(desk: Desk) -> None:
    kept, gone = lay(desk, "kept.txt"), lay(desk, "gone.txt")

    drafts.take_out(gone.id or 0, by=desk.who("carl"))
    assert left(desk, "cleo")[1] == ["kept.txt", "gone.txt"]
    drafts.take_out(gone.id or 0, by=desk.who("cleo"))
    with later(hours=2):
        sweep.sweep()

    assert [path.name for path in on_disk()] == [kept.stored_as]


def test_starting_over_leaves_nothing(desk: Desk) -> None:
    drafts.keep("one", {"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "notes.txt")

    drafts.start_over("one", by=desk.who("cleo"))

    assert left(desk, "cleo") == (None, [])


def test_a_month_later_it_is_forgotten(desk: Desk) -> None:
    drafts.keep("one", {"title": "Tea"}, by=desk.who("cleo"))
    lay(desk, "notes.txt")
    with later(days=20):
        drafts.keep("one", {"title": "Coffee"}, by=desk.who("carl"))

    with later(days=31):
        upkeep.tidy()

    assert left(desk, "cleo") == (None, [])
    assert left(desk, "carl") == ({"title": "Coffee"}, [])


def test_more_than_an_order_holds_is_not_kept(desk: Desk) -> None:
    with refused("This is more than an order can hold.", InvalidField):
        drafts.keep("one", {"instructions": "x" * 300_000}, by=desk.who("cleo"))
    for number in range(drafts.MOST_FILES):
        lay(desk, f"{number}.txt")

    with refused("At most 20 files fit", InvalidField):
        lay(desk, "one too many.txt")
    assert left(desk, "cleo")[0] == {}
    assert len(on_disk()) == drafts.MOST_FILES


def test_who_orders_nothing_lays_nothing_beside_it(desk: Desk) -> None:
    with refused("Only clients and the agency can place orders.", Forbidden):
        lay(desk, "notes.txt", by="wren")

    assert on_disk() == []
