"""Handing over: delivered means that the client has it, also what comes a moment later, and each file by its name."""

import unicodedata

import pytest

from models import Receipt, database
from models.file import File
from tests.desk import Desk, later, on_sqlite, refused
from tests.workflow.orders.test_files import bring, has
from workflow.history import receipts
from workflow.refusals import ConditionNotMet

pytestmark = on_sqlite  # no database decides any of it


@pytest.mark.parametrize("name", ["wren", "bea"])
def test_a_late_final_is_the_clients_at_once(desk: Desk, name: str) -> None:
    job = desk.job("delivered")
    quiet = job.quiet_since

    with later(hours=1):
        bring(desk, job, "final", by=name)

    assert has(desk, job, "cleo") == "final"
    assert desk.news_of("cleo")[-1].endswith("added the final file essay.txt")
    assert quiet
    assert (desk.see(job).quiet_since or quiet) > quiet


def test_it_stays_theirs_in_the_next_round(desk: Desk) -> None:
    job = desk.job("delivered")
    bring(desk, job, "final", by="wren", name="late.txt")
    desk.make(job, "request_revision", by="cleo", revision_notes="Shorter")

    bring(desk, job, "final", by="wren", name="next.txt")

    assert has(desk, job, "cleo") == "final"
    assert not desk.news_of("cleo")[-1].endswith("next.txt")


def test_where_editing_is_required_it_is_refused_with_the_way(desk: Desk) -> None:
    job = desk.job("delivered")
    desk.rules(editing_is_required=True)

    with refused("Bea (manager) can add it, or ask for a revision.", ConditionNotMet):
        bring(desk, job, "final", by="wren")
    bring(desk, job, "brief", by="cleo", name="more.txt")
    bring(desk, job, "final", by="bea")

    assert has(desk, job, "cleo") == "brief final"


def test_what_was_asked_is_never_overwritten(desk: Desk) -> None:
    job = desk.job("delivered")
    for words in ("Shorter", "Warmer"):
        desk.make(job, "request_revision", by="cleo", revision_notes=words)
        desk.make(job, "resume", by="wren")
        assert job.asked_for == words
        desk.make(job, "deliver", by="wren")
        assert job.asked_for is None

    assert [line.note for line in desk.history(job) if line.action == "request_revision"] == ["Shorter", "Warmer"]
    assert desk.faults() == []


def test_photos_of_one_phone_are_different_files(desk: Desk) -> None:
    job = desk.job("in_progress")

    names = [bring(desk, job, "brief", by="cleo", name="image.jpg", content=bytes([n])).name for n in (1, 2, 3)]
    nameless = [
        bring(desk, job, "brief", by="cleo", name=name).name for name in ("blob", "blob", "image0.png", "image0.png")
    ]

    assert names == ["image.jpg", "image (2).jpg", "image (3).jpg"]
    assert nameless == ["blob", "blob (2)", "image0.png", "image0 (2).png"]


def test_pictures_of_two_cameras_are_different_files(desk: Desk) -> None:
    job = desk.job("in_progress")

    names = [bring(desk, job, "brief", by=who, name="IMG_0001.HEIC").name for who in ("cleo", "cleo", "bea")]

    assert names == ["IMG_0001.HEIC", "IMG_0001.HEIC", "IMG_0001 (2).HEIC"]


@pytest.mark.parametrize("name", ["Résumé.txt", "ÜBERSICHT.TXT"])
def test_a_name_is_one_however_it_is_spelt(desk: Desk, name: str) -> None:
    job = desk.job("in_progress")
    spelt = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")] + [name.lower()]

    keys = [bring(desk, job, "brief", by="cleo", name=each).key for each in spelt]

    with database.reading() as session:
        assert File.versions(session, job) == dict(zip(keys, (1, 2, 3), strict=True))


def test_the_receipt_names_the_newest_of_each(desk: Desk) -> None:
    job = desk.job("in_progress")
    bring(desk, job, "final", by="wren", content=b"rejected")
    desk.make(job, "deliver", by="wren")
    desk.make(job, "request_revision", by="cleo", revision_notes="Shorter")
    desk.make(job, "resume", by="wren")
    for name in ("essay.txt", "essay.txt", "notes.txt"):
        bring(desk, job, "final", by="wren", name=name)
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")

    with database.reading() as session:
        receipt = Receipt.of(session, job.key)
    assert receipt
    assert [receipts.named(file) for file in receipt.content["files"]] == ["essay.txt, version 3", "notes.txt"]
    assert desk.faults() == []
