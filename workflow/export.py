"""Exports: tables as CSV or XLSX, in which no cell can become a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_SEPARATOR = re.compile("(;)")
_FORMULA = re.compile(r"[\s\"'\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8, with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    """Text that a spreadsheet would run as a formula is led by an apostrophe, as OWASP advises.

    Many spreadsheets separate cells at `;`, so what follows one may become a cell of its own.
    """
    if not isinstance(cell, str):
        return cell
    return "".join(f"'{part}" if _FORMULA.match(part) else part for part in _SEPARATOR.split(cell))


def xlsx_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """An XLSX file with one sheet; every text is stored as text."""
    import xlsxwriter  # late, as few ask for it

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Docket")
    for index, row in enumerate([head, *rows]):
        sheet.write_row(index, 0, [cell if isinstance(cell, (int, float)) else str(cell) for cell in row])
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return file.getvalue()
