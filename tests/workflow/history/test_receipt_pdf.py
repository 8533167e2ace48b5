"""The receipt as a PDF: whoever fetches one again, years later, has the same sheets, line for line."""

import re
import zlib
from hashlib import sha256

import pytest

import settings
from models import Receipt
from workflow.history import receipt_pdf

CONTENT = {
    "agency": "Tinte & Co",
    "number": "DK-2026-0007",
    "title": "Research Paper",
    "client": "Cleo Clark",
    "clientEmail": "cleo@example.com",
    "writer": "Wren",
    "completedAt": "2026-11-25T14:03:00Z",
    "files": [],
}
FILE = {"id": 1, "name": "essay.txt", "version": 2, "size": 12345, "sha256": f"{'ab' * 16}{'cd' * 16}"}
EARLY = {said: value for said, value in FILE.items() if said != "version"}
"""As receipts named one before they told of versions."""

SHEETS = {
    "without files": ({}, 1, "6c5ad4d417c5e297"),
    "with 20, and letters that are not drawn": (
        {"title": "翻訳", "files": [FILE] * 19 + [EARLY]},
        2,
        "abb0db6ff4c48848",
    ),
}
"""What a receipt says, on how many sheets, and the SHA-256 of what is drawn there: another when its look is changed."""


@pytest.mark.parametrize("said, number, drawn", SHEETS.values(), ids=SHEETS)
def test_the_sheets_stay_as_they_were(said: dict[str, object], number: int, drawn: str) -> None:
    settings.use(_env_file=None)
    receipt = Receipt(job_id=1, code="c" * 32, seal="5" * 64, content=CONTENT | said)

    pdf = receipt_pdf.pdf(receipt)

    sheets = [zlib.decompress(each) for each in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)[:number]]
    assert f"/Count {number}\n".encode() in pdf
    assert sha256(b"".join(sheets)).hexdigest()[:16] == drawn
