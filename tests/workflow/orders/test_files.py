"""Files: who brings what, who may have it, who hears of it, and when it lets the work go on."""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import col, select

from models import Job, database
from models.causes import Busy
from models.file import File, Kind
from tests.desk import Desk, refused
from workflow.orders import bundles, files
from workflow.refusals import ConditionNotMet, Forbidden, NotFound
from workflow.storage import disk
from workflow.storage.incoming import Incoming

ALL = "brief draft final"
BRINGS = {"cleo": "brief", "wren": "draft final", "bea": ALL, "ada": ALL}
HAS = {"cleo": "brief", "carl": "", "wren": ALL, "wolf": "", "bea": ALL, "bob": ALL, "ada": ALL}
TEAM = {"wren", "bea", "ada"}


def bring(
    desk: Desk, job: Job, kind: str, *, by: str = "bea", content: bytes = b"words", name: str = "essay.txt"
) -> File:
    """Have somebody add a file to an order."""
    with Incoming() as incoming:
        incoming.write(content)
        return files.bring(incoming, job.key, name, Kind(kind), by=desk.who(by))


def completed(desk: Desk) -> Job:
    """A completed order with a brief and a final."""
    job = desk.job("in_progress")
    for kind in ("brief", "final"):
        bring(desk, job, kind)
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")
    return job


def has(desk: Desk, job: Job, name: str) -> str:
    """The kinds of the order's files that somebody may have, oldest first."""
    with database.reading() as session:
        every = session.exec(select(File).where(File.job_id == job.id).order_by(col(File.id))).all()
    return " ".join(file.kind for file in every if files.opened(file.key, by=desk.who(name)))


def on_disk() -> list[Path]:
    """What lies in the folder."""
    return sorted(disk.folder().iterdir())


def test_each_brings_their_kinds(desk: Desk) -> None:
    job = desk.job("in_progress")

    for name, kinds in BRINGS.items():
        for kind in ALL.split():
            if kind in kinds:
                assert bring(desk, job, kind, by=name).kind == kind
            else:
                with refused(f"You cannot add a {kind} file to an order.", Forbidden):
                    bring(desk, job, kind, by=name)


@pytest.mark.parametrize("name", ["carl", "wolf"])
def test_others_find_no_order_to_add_to(desk: Desk, name: str) -> None:
    with refused("There is no such order.", NotFound):
        bring(desk, desk.job("in_progress"), "brief", by=name)


def test_who_has_left_adds_nothing(desk: Desk) -> None:
    job = desk.job("in_progress")

    with refused("This account is no longer active.", Forbidden):
        bring(desk, job, "final", by="ivy")


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_what_is_over_takes_no_more(desk: Desk, status: str) -> None:
    with refused(f"The order is {status}; nothing is added any more.", ConditionNotMet):
        bring(desk, desk.job(status), "brief")


def test_each_has_what_is_theirs(desk: Desk) -> None:
    job = desk.job("in_progress")
    for kind in ALL.split():
        bring(desk, job, kind)

    assert {name: has(desk, job, name) for name in HAS} == HAS


def test_delivery_hands_over_finals_alone(desk: Desk) -> None:
    job = desk.job("in_progress")
    for kind in ALL.split():
        bring(desk, job, kind, by="ada")

    desk.make(job, "deliver", by="wren")

    assert has(desk, job, "cleo") == "brief final"


def test_the_next_final_waits_for_its_delivery(desk: Desk) -> None:
    job = desk.job("in_progress")
    bring(desk, job, "final")
    desk.make(job, "deliver", by="wren")
    desk.make(job, "request_revision", by="cleo")
    desk.make(job, "resume", by="wren")

    bring(desk, job, "final", by="wren")
    assert has(desk, job, "cleo") == "final"

    desk.make(job, "deliver", by="wren")
    assert has(desk, job, "cleo") == "final final"


def test_who_may_claim_reads_the_brief(desk: Desk) -> None:
    job = desk.job("approved")
    bring(desk, job, "brief", by="cleo")
    assert has(desk, job, "wolf") == ""

    desk.rules(writers_may_claim=True)
    assert has(desk, job, "wolf") == "brief"

    desk.make(job, "assign", by="bea", writer="wren")
    assert (has(desk, job, "wolf"), has(desk, job, "wren")) == ("", "brief")


def test_who_may_claim_adds_nothing_yet(desk: Desk) -> None:
    job = desk.job("approved")
    desk.rules(writers_may_claim=True)

    with refused("This is not your order.", Forbidden):
        bring(desk, job, "final", by="wolf")


def test_an_unknown_file_is_not_there(desk: Desk) -> None:
    for unknown in (1, 0, -1):
        assert files.opened(unknown, by=desk.who("ada")) is None


@pytest.mark.parametrize("kind, hear", [("brief", TEAM | {"cleo"}), ("draft", TEAM), ("final", TEAM)])
def test_those_who_may_see_it_hear_of_it(desk: Desk, kind: str, hear: set[str]) -> None:
    job = desk.job("in_progress")
    told = f'Order "Research Paper": Bea added the {kind} file essay.txt'

    bring(desk, job, kind, by="bea")

    news = {name: desk.notifications(name)[-1:] for name in HAS}
    assert {name for name in HAS if any(line.type == "file_added" for line in news[name])} == hear
    assert {name for name in HAS if told in desk.news_of(name)} == hear - {"bea"}
    assert {line.title for name in hear for line in news[name]} == {f"Order {job.display_id} File"}


def test_a_delivery_waits_for_its_file(desk: Desk) -> None:
    job = desk.job("in_progress")
    desk.rules(file_before_delivery=True)

    for _round in range(2):
        bring(desk, job, "draft", by="wren")
        for action in ("submit", "deliver"):
            with refused("There is no final file yet. You can upload one.", ConditionNotMet):
                desk.make(job, action, by="wren")

        bring(desk, job, "final", by="wren")
        desk.make(job, "deliver", by="wren")
        desk.make(job, "request_revision", by="cleo")
        desk.make(job, "resume", by="wren")

    assert desk.faults() == []


def test_who_is_cut_off_takes_no_file_away_that_is_being_kept(desk: Desk) -> None:
    job, bea = desk.job(), desk.who("bea")

    with ThreadPoolExecutor(1) as pool, desk.database.writing(), Incoming() as incoming:
        incoming.write(b"words")
        kept = pool.submit(files.bring, incoming, job.key, "essay.txt", Kind.brief, by=bea)
        while not (desk.database._turn._waiting or kept.done()):
            time.sleep(0.01)

    assert [path.name for path in on_disk()] == [kept.result().stored_as]


def test_who_was_cut_off_before_leaves_neither_file_nor_row(desk: Desk) -> None:
    job, bea = desk.job(), desk.who("bea")
    with Incoming() as incoming:
        incoming.write(b"words")

    with pytest.raises(Busy):
        files.bring(incoming, job.key, "essay.txt", Kind.brief, by=bea)

    assert (on_disk(), has(desk, job, "bea")) == ([], "")


def test_what_was_delivered_comes_in_one_zip(desk: Desk) -> None:
    job = desk.job("in_progress")
    for name, content in (("one.txt", b"old"), ("two.txt", b"2" * 1_000_000), ("one.txt", b"new")):
        bring(desk, job, "final", by="wren", name=name, content=content)
    early = bundles.opened(job.key, by=desk.who("cleo"))
    desk.make(job, "deliver", by="wren")

    found = bundles.opened(job.key, by=desk.who("cleo"))

    assert early is None
    assert found
    parts = list(found[1])
    assert max(map(len, parts)) < 2 * bundles.PART
    with ZipFile(io.BytesIO(b"".join(parts))) as bundle:
        assert {name: bundle.read(name) for name in bundle.namelist()} == {
            "one.txt": b"new",
            "two.txt": b"2" * 1_000_000,
        }
    assert bundles.opened(job.key, by=desk.who("carl")) is None


def test_what_is_called_alike_lies_apart_in_the_zip(desk: Desk) -> None:
    job = desk.job("in_progress")
    for kind in ("brief", "draft"):
        bring(desk, job, kind)

    found = bundles.opened(job.key, by=desk.who("bea"))

    assert found
    with ZipFile(io.BytesIO(b"".join(found[1]))) as bundle:
        assert bundle.namelist() == ["brief/essay.txt", "draft/essay.txt"]
