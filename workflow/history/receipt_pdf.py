"""The receipt as a PDF: for the same receipt always the same bytes, in letters of most of the world.

fpdf2 draws it, and not WeasyPrint: it is Python alone, and needs no Pango or Cairo on the machine.
"""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos

from models.receipt import Receipt
from workflow.history import receipts

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
FONT = "DejaVu"
NO_GLYPH = "\u25a1"
"""Stands where the font has no letter."""

SOME_MISSING = f"{NO_GLYPH} stands for a letter that this document's font does not have; the page above shows it."
HALF_A_HASH = 32
INK, FAINT = (35, 36, 31), (99, 100, 92)


def pdf(receipt: Receipt) -> bytes:
    """The receipt on A4, with the address where it can be verified."""
    sheet = _Sheet(receipt)
    sheet.head()
    sheet.facts()
    sheet.files()
    sheet.proof()
    return bytes(sheet.output())


class _Sheet(FPDF):
    def __init__(self, receipt: Receipt) -> None:
        super().__init__(format="A4")
        self.receipt, self.content, self.is_short_of_letters = receipt, receipt.content, False
        self.set_creation_date(receipts.completed_at(receipt))
        self.add_font(FONT, "", FONTS / "DejaVuSansCondensed.ttf")
        self.add_font(FONT, "B", FONTS / "DejaVuSansCondensed-Bold.ttf")
        self.set_margin(20)
        self.set_auto_page_break(True, 20)
        self.set_title(f"Receipt {self.content['number']}")
        self.set_author(self._drawable(self.content["agency"]))
        self.set_lang("en")
        self.add_page()

    def footer(self) -> None:
        """Number and page at the foot of each sheet."""
        self.set_y(-15)
        self._face(8, colour=FAINT)
        self.cell(0, 5, f"Receipt {self.content['number']}, page {self.page_no()} of {{nb}}", align="R")

    def head(self) -> None:
        """Whose receipt it is, for what."""
        self._say(self.content["agency"], 11, colour=FAINT)
        self._say(f"Receipt for order {self.content['number']}", 20, "B", 10)
        self._say(self.content["title"], 13, below=6)

    def facts(self) -> None:
        """Who signed off, when, and whose work it was."""
        for name, words in receipts.facts(self.receipt):
            self._face(10, colour=FAINT)
            self.cell(38, 6, name)
            self._say(words, 10, height=6)
        self.ln(6)

    def files(self) -> None:
        """The table of final files, each with its SHA-256 in two lines."""
        self._say("Final files signed off", 13, "B", 8)
        if not self.content["files"]:
            self._say(receipts.NO_FILES, 10)
            return
        self._face(9)
        with self.table(col_widths=(46, 24, 100), line_height=5, padding=1.5, text_align=("L", "R", "L")) as table:
            table.row(("File", "Size in bytes", "SHA-256"))
            for file in self.content["files"]:
                hashed = file["sha256"]
                in_two = f"{hashed[:HALF_A_HASH]}\n{hashed[HALF_A_HASH:]}"
                table.row((self._drawable(receipts.named(file)), f"{file['size']:,}", in_two))

    def proof(self) -> None:
        """Where to verify all this."""
        self.ln(8)
        self._say("Verify this receipt", 13, "B", 8)
        self._say("This page says whether the receipt, the order's history and the files are unchanged:", 10)
        address = receipts.address(self.receipt)
        self._face(10)
        self.set_text_color(31, 94, 90)
        self.multi_cell(0, 6, address, link=address, wrapmode=WrapMode.CHAR, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._say(f"Seal: {self.receipt.seal}", 8, colour=FAINT)
        if self.is_short_of_letters:
            self._say(SOME_MISSING, 8, colour=FAINT)

    def _say(
        self, words: str, size: int, style: str = "", height: float = 0, *, below: float = 0, colour: object = INK
    ) -> None:
        self._face(size, style, colour=colour)
        drawn = self._drawable(words)
        self.multi_cell(0, height or size * 0.55, drawn, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(below)

    def _face(self, size: int, style: str = "", *, colour: object = INK) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)  # pyright: ignore[reportGeneralTypeIssues]

    def _drawable(self, words: str) -> str:
        """The words in letters that the font has."""
        known = self.fonts[FONT.lower()].cmap  # pyright: ignore[reportAttributeAccessIssue]
        drawn = "".join(letter if ord(letter) in known else NO_GLYPH for letter in words)
        self.is_short_of_letters |= drawn != words
        return drawn
