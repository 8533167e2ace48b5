"""The export: what became of each order, as a file that no spreadsheet takes for a formula."""

import csv
import io
import zipfile

import pytest

from tests.api.bulk.wishes import export, update
from tests.api.caller import By, said
from tests.desk import Desk

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)"]


@pytest.mark.parametrize("title", FORMULAS)
def test_a_formula_is_harmless(desk: Desk, by: By, title: str) -> None:
    job = by("cleo").place(title).json()
    done = update(by("bea"), job["id"], 4711)

    text = export(by("bea"), done["bulkId"]).content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(export(by("bea"), done["bulkId"], format="xlsx").content)) as book:
        sheet, strings = (book.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "sharedStrings"))

    head, line, other = csv.reader(io.StringIO(text))
    assert line[:5] == [job["displayId"], f"'{title}", "yes", "pending", "approved"]
    assert other == ["4711", "", "no", "", "", "There is no such order.", "JOB_NOT_FOUND"]
    assert head == ["Order", "Title", "Success", "From", "To", "Error", "Code"]
    assert f"<t>{title}</t>" in strings
    assert "<f>" not in sheet
    assert sheet.count("<row ") == 3


@pytest.mark.parametrize(
    "kind, type_",
    [("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")],
)
def test_it_comes_as_a_download(desk: Desk, by: By, kind: str, type_: str) -> None:
    done = update(by("bea"), desk.job())

    answer = export(by("ada"), done["bulkId"], format=kind)

    assert answer.headers["content-type"].startswith(type_)
    assert answer.headers["content-disposition"] == f'attachment; filename="bulk-{done["bulkId"]}.{kind}"'


def test_what_is_not_there_is_not_found(desk: Desk, by: By) -> None:
    assert said(export(by("bea"), 4711)) == (404, "NOT_FOUND")
    assert said(export(by("bea"), 4711, format="pdf")) == (422, "INVALID_FIELD")
    assert said(by("bea").get("/api/jobs/bulk/0/export")) == (400, "INVALID_ID")
