"""Receipts: issued with a client's completion or not at all, and whatever is changed afterwards is found."""

import hashlib
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

import settings
from models import Job, Receipt, clock, database
from models.file import File
from models.user import Role, User
from tests.desk import FAILED, Desk, later, on_sqlite
from tests.workflow.history.test_chain import behind
from tests.workflow.orders.test_files import bring
from workflow import moves
from workflow.history import receipt_pdf, receipts, signatures
from workflow.history.receipts import Finding
from workflow.orders import files, withdrawals
from workflow.refusals import InvalidTransition, Refused
from workflow.storage import disk

pytestmark = on_sqlite  # no database decides any of it

CHANGED = receipts.CHANGED
HISTORY = "The history of DK-{year}-0001 does not say any more that its client completed it then."

# what is done to the rows behind a receipt, and what is found
TAMPERING = {
    "its content": ("UPDATE receipts SET content = '{\"files\": []}'", CHANGED),
    "no content": ("UPDATE receipts SET content = '[]'", CHANGED),
    "another shape": ("UPDATE receipts SET content = '[1, \"number\"]'", CHANGED),
    "nothing": ("UPDATE receipts SET content = 'null'", CHANGED),
    "a number": ("UPDATE receipts SET content = '7'", CHANGED),
    "wrong types": ('UPDATE receipts SET content = \'{"files": 1, "number": [], "completedAt": 5}\'', CHANGED),
    "its seal": ("UPDATE receipts SET seal = 'é'", CHANGED),
    "its address": ("UPDATE receipts SET code = 'guessed'", CHANGED),
    "a file's hash": ("UPDATE files SET sha256 = 'f00' WHERE kind = 'final'", "essay.txt: its record was changed."),
    "a file's name": ("UPDATE files SET name = 'x' WHERE kind = 'final'", "essay.txt: its record was changed."),
    "a file's size": ("UPDATE files SET size = 1 WHERE kind = 'final'", "essay.txt: its record was changed."),
    "a file's row": ("DELETE FROM files WHERE kind = 'final'", "essay.txt: its record is gone."),
    "a file's order, to none": ("UPDATE files SET job_id = 0 WHERE kind = 'final'", "essay.txt: its record is gone."),
    "a file's order": ("UPDATE files SET job_id = 2 WHERE kind = 'final'", "essay.txt: its record is gone."),
    "the line's hash": ("UPDATE job_status_logs SET hash = 'x' WHERE action = 'complete'", HISTORY),
    "the line's words": ("UPDATE job_status_logs SET note = 'x' WHERE action = 'complete'", HISTORY),
    "the line's actor": ("UPDATE job_status_logs SET changed_by = 6 WHERE action = 'complete'", HISTORY),
    "the line": ("DELETE FROM job_status_logs WHERE action = 'complete'", HISTORY),
    "the order's client": ("UPDATE jobs SET client_id = 2", HISTORY),
    "the order's client, to none": ("UPDATE jobs SET client_id = 0", HISTORY),
    "the order's number": ("UPDATE jobs SET display_id = 'DK-1' WHERE id = 1", HISTORY),
}


def signed_off(desk: Desk, *kinds: str, by: str = "cleo") -> Job:
    """An order with a brief, a draft and these files, which somebody has completed."""
    job = desk.job("in_progress")
    for kind in ("brief", "draft", *kinds):
        bring(desk, job, kind, content=kind.encode())
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by=by)
    return job


def receipt_of(job: Job) -> Receipt | None:
    """The order's receipt."""
    with database.reading() as session:
        return Receipt.of(session, job.key)


def given(job: Job) -> Receipt:
    """The order's receipt, which is there."""
    receipt = receipt_of(job)
    assert receipt
    return receipt


def findings(job: Job) -> list[Finding]:
    """What a look at the order's receipt finds."""
    with database.reading() as session:
        receipt = Receipt.of(session, job.key)
        assert receipt
        return receipts.verify(session, receipt)


def wrong(job: Job) -> list[str]:
    """What does not fit any more."""
    return [finding.sentence for finding in findings(job) if not finding.fits]


def test_a_client_gets_a_receipt(desk: Desk) -> None:
    job = signed_off(desk, "final")

    receipt = given(job)

    content, final = receipt.content, hashlib.sha256(b"final").hexdigest()
    assert (content["number"], content["title"], content["writer"]) == (job.display_id, "Research Paper", "Wren")
    assert (content["client"], content["clientEmail"]) == ("Cleo Clark", "cleo@example.com")
    assert receipts.completed_at(receipt) == job.completed_at
    assert content["historyHash"] == desk.history(job)[-1].hash
    assert [(each["name"], each["size"], each["sha256"]) for each in content["files"]] == [("essay.txt", 5, final)]
    assert len(receipt.code) == 32
    assert wrong(job) == desk.faults() == []
    assert len(findings(job)) == 3


def test_without_files_it_says_so(desk: Desk) -> None:
    receipt = given(desk.job("completed"))

    assert receipt.content["files"] == []
    assert receipt_pdf.pdf(receipt).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["bea", "ada"])
def test_staff_get_none(desk: Desk, name: str) -> None:
    assert receipt_of(signed_off(desk, "final", by=name)) is None
    assert desk.faults() == []


def test_a_later_client_gets_one_for_their_own(desk: Desk) -> None:
    with database.writing() as session:
        session.add(User(id=1000, email="zoe@example.com", name="Zoe Zimmer", role=Role.client, password_hash=""))
    own, staffs = desk.job("completed", client="zoe"), desk.job("delivered", client="zoe")

    desk.make(staffs, "complete", by="bea")

    assert (wrong(own), receipt_of(staffs), desk.faults()) == ([], None, [])


def test_both_or_neither(desk: Desk) -> None:
    job = desk.job("delivered")

    with desk.without("receipts"), pytest.raises(FAILED):
        moves.make(job.key, "complete", by=desk.who("cleo"))

    assert desk.see(job).status == "delivered"
    assert receipt_of(job) is None


def test_what_is_refused_leaves_none(desk: Desk) -> None:
    job = desk.job("in_progress")

    with pytest.raises(InvalidTransition):
        moves.make(job.key, "complete", by=desk.who("cleo"))

    assert receipt_of(job) is None


def test_two_at_once_get_one(desk: Desk) -> None:
    job, cleo, start = desk.job("delivered"), desk.who("cleo"), Barrier(2)

    def complete(_number: int) -> str:
        start.wait()
        try:
            moves.make(job.key, "complete", by=cleo)
        except Refused:
            return "refused"
        return "completed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = Counter(pool.map(complete, range(2)))

    assert outcomes == {"completed": 1, "refused": 1}
    with database.reading() as session:
        assert len(session.exec(select(Receipt)).all()) == 1


@pytest.mark.parametrize("statement, sentence", TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(desk: Desk, statement: str, sentence: str) -> None:
    job = signed_off(desk, "final")
    desk.job()
    sentence = sentence.format(year=job.year) if sentence is HISTORY else sentence

    behind(desk, statement)

    assert sentence in wrong(job)
    assert [fault for fault in desk.faults() if fault.endswith(f"receipt: {sentence}")]


@pytest.mark.parametrize(
    "scrawl", ["'no JSON'", "''", "x'ff00'", f"'{'[' * 100_000}'"], ids=["words", "", "bytes", "deep"]
)
def test_what_is_no_json_is_found(desk: Desk, scrawl: str) -> None:
    job = signed_off(desk, "final")

    behind(desk, f"UPDATE receipts SET content = {scrawl}")

    assert wrong(job) == [CHANGED]
    assert desk.faults() == [f"{job.display_id}: receipt: {CHANGED}"]


def test_a_changed_file_is_found(desk: Desk) -> None:
    job = desk.job("in_progress")
    for name in ("essay.txt", "notes.txt"):
        bring(desk, job, "final", name=name, content=b"final")
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")
    with database.reading() as session:
        final = [file for file in File.of(session, job, desk.who("cleo")) if file.kind == "final"]
    (disk.folder() / final[0].stored_as).write_bytes(b"fina!")
    (disk.folder() / final[1].stored_as).unlink()

    assert wrong(job) == ["essay.txt: its content was changed.", "notes.txt is missing on the server."]
    assert desk.faults() == [f"{job.display_id}: receipt: {sentence}" for sentence in wrong(job)]


def test_what_was_deleted_by_schedule_is_no_fault(desk: Desk) -> None:
    job = signed_off(desk, "final")

    with later(days=8):
        files.delete_due()

    assert wrong(job) == desk.faults() == []
    assert "essay.txt was deleted by schedule" in findings(job)[-1].sentence


@pytest.mark.parametrize("sorts_before", [True, False])
def test_another_line_well_sealed_is_not_the_one(desk: Desk, sorts_before: bool) -> None:
    job = desk.job("completed")
    line = desk.history(job)[-1]

    while (
        line.hash == given(job).content["historyHash"]
        or (line.hash < given(job).content["historyHash"]) != sorts_before
    ):
        line.note = f"{line.note}."
        line.hash = signatures.of_line(line, job)
    behind(desk, f"UPDATE job_status_logs SET note = '{line.note}', hash = '{line.hash}' WHERE id = {line.id}")

    assert wrong(job) == [HISTORY.format(year=job.year)]


def test_what_was_withdrawn_since_is_no_fault(desk: Desk) -> None:
    job = signed_off(desk, "final")

    withdrawals.withdraw(job.key, given(job).content["files"][0]["id"], by=desk.who("bea"))

    assert wrong(job) == desk.faults() == []
    assert "essay.txt was removed after the completion" in findings(job)[-1].sentence


def test_a_missing_receipt_is_missed(desk: Desk) -> None:
    kept, lost = desk.job("completed"), desk.job("completed")
    desk.make(desk.job(), "cancel", by="cleo")  # a client's step that no receipt belongs to
    signed_off(desk, by="bea")

    behind(desk, f"DELETE FROM receipts WHERE job_id = {lost.id}")

    assert desk.faults() == [f"{lost.display_id}: its receipt is missing"]
    assert wrong(kept) == []


def test_older_completions_are_left_alone(desk: Desk) -> None:
    old = desk.job("completed")
    behind(desk, f"DELETE FROM receipts WHERE job_id = {old.id}")

    desk.job("completed")

    assert desk.faults() == []


def test_a_foreign_receipt_is_named(desk: Desk) -> None:
    job, other = desk.job("completed"), desk.job("delivered")
    with database.writing() as session:
        content, seal = given(job).content, given(job).seal
        session.add(Receipt(job_id=other.key, code="forged", content=content, seal=seal, created_at=clock.now()))

    assert desk.faults() == [f"{other.display_id}: receipt: {CHANGED}"]


def test_any_language_is_drawn_always_the_same(desk: Desk) -> None:
    names = "Übersetzung Перевод ترجمة 翻訳 🧑‍🎨 "
    receipt = given(desk.job("completed", title=names * 3))

    assert receipt_pdf.pdf(receipt) == receipt_pdf.pdf(receipt)


def test_a_receipt_that_is_opened_again_reads_no_file_again(desk: Desk) -> None:
    job = signed_off(desk, "final")
    disk._read_through.cache_clear()

    for _visit in range(40):
        assert wrong(job) == []

    assert disk._read_through.cache_info().misses == 1


def test_a_file_that_was_written_since_is_read_again(desk: Desk) -> None:
    job = signed_off(desk, "final")
    assert wrong(job) == []
    path = next(path for path in settings.current().files_dir.iterdir() if path.read_bytes() == b"final")
    before = path.stat()

    path.write_bytes(b"FINAL")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert wrong(job) == ["essay.txt: its content was changed."]
