"""Exports: tables for a spreadsheet, in which no cell can become a formula."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from models.status import Status
from tests.desk import Desk, refused
from workflow import export
from workflow.orders import bulk, bulk_export
from workflow.orders.bulk_wish import Wish
from workflow.refusals import Forbidden

FORMULAS = ["=1+1", '=cmd|" /C calc"!A0', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "https://example.com"]
HARMLESS = ["Tea", "1+1=2", "a=b", "", "Ünïcödé 🎉", 'say "x", y;\nz', "'quoted"]


@pytest.mark.parametrize("title", FORMULAS[:7])
def test_no_cell_of_a_csv_is_a_formula(title: str) -> None:
    _head, (cell, number) = parsed(export.csv_bytes(["Title", "Number"], [[title, -5]]))

    assert (cell, number) == (f"'{title}", "-5")


@pytest.mark.parametrize("title", HARMLESS)
def test_other_cells_stay_as_they_are(title: str) -> None:
    assert parsed(export.csv_bytes(["Title", "B"], [[title, "b"]])) == [["Title", "B"], [title, "b"]]


@pytest.mark.parametrize("title", ["Tea;=1+1", "Tea; @SUM(A1)", " =1+1", '"=1+1', '"\t-1'])
def test_no_part_of_a_cell_is_a_formula(title: str) -> None:
    cell = parsed(export.csv_bytes(["Title"], [[title]]))[1][0]

    assert [part.startswith("'") for part in cell.split(";")][-1]


def test_a_csv_says_that_it_is_unicode() -> None:
    assert export.csv_bytes(["Ä"], []).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", FORMULAS + HARMLESS)
def test_a_workbook_holds_text_as_text(title: str) -> None:
    sheet, texts = opened(export.xlsx_bytes(["Title", "Number"], [[title, 5], ["end", 6]]))

    assert not list(sheet.iter("f"))
    assert not list(sheet.iter("hyperlink"))
    assert texts == ["Title", "Number", *filter(None, [title.replace("\r", "_x000D_")]), "end"]
    assert [cell.findtext("v") for cell in sheet.iter("c") if cell.get("t") is None and len(cell)] == ["5", "6"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_operation_becomes_a_file(desk: Desk, kind: str) -> None:
    one, held = desk.job(title="=1+1"), desk.put(desk.job(title="Tea"), hold_reason="=2+2")
    done = bulk.update(Wish((one.key, held.key, 4711), Status.approved), by=desk.who("ada"))

    content = bulk_export.exported(done.id or 0, kind, by=desk.who("bob")) or b""

    why = "The order is on hold: =2+2. You can lift the hold."
    lines = [
        ["Order", "Title", "Success", "From", "To", "Error", "Code"],
        [one.display_id, "=1+1", "yes", "pending", "approved", "", ""],
        [held.display_id, "Tea", "no", "", "", why, "CONDITION_NOT_MET"],
        ["4711", "", "no", "", "", "There is no such order.", "JOB_NOT_FOUND"],
    ]
    if kind == "csv":
        assert [[cell.removeprefix("'") for cell in line] for line in parsed(content)] == lines
    else:
        seen = {cell for line in lines for cell in line} - {"", "4711"}
        assert set(opened(content)[1]) == seen


def test_only_staff_take_it_out(desk: Desk) -> None:
    done = bulk.update(Wish((4711,), Status.approved), by=desk.who("ada"))

    for name in ("cleo", "wren"):
        with refused("Only the agency can export a bulk operation.", Forbidden):
            bulk_export.exported(done.id or 0, "csv", by=desk.who(name))
    assert bulk_export.exported(4711, "csv", by=desk.who("ada")) is None


def parsed(content: bytes) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def opened(content: bytes) -> tuple[ET.Element, list[str]]:
    """The sheet of a workbook, and its texts in the order of their first use."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet, strings = (
            ET.fromstring(book.read(f"xl/{part}.xml").replace(b' xmlns="', b' was="'))
            for part in ("worksheets/sheet1", "sharedStrings")
        )
    return sheet, ["".join(text.itertext()) for text in strings.iter("si")]
