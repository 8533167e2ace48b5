"""File types: what a file is, as its content says, and when to warn of it."""

import io
import zipfile
from pathlib import Path

import pytest

from workflow.storage import file_types


def packed(*names: str) -> bytes:
    """A zip file with these in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "words")
    return held.getvalue()


KNOWN = {
    "essay.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "essay.docx": (packed("[Content_Types].xml", "word/document.xml"), "Word"),
    "sums.xlsx": (packed("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
    "talk.pptx": (packed("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
    "all.zip": (packed("one.txt", "two.txt"), "ZIP archive"),
    "essay.rtf": (b"{\\rtf1 words}", "RTF text"),
    "photo.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "Image"),
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "Image"),
    "film.mp4": (b"\x00\x00\x00\x18ftypmp42", "Film"),
    "essay.txt": ("Grüße".encode(), "Text"),
    "MZ.txt": (b"MZ is how this text begins.", "Text"),
    "long.txt": (("x" * (file_types.LOOKED_AT - 1) + "ü").encode(), "Text"),
    "page.html": (b"<!doctype html><p>words", "Web page"),
    "logo.svg": (b"<?xml version='1.0'?><svg/>", "Drawing"),
    "tidy.sh": (b"#!/bin/sh\n", "Script"),
    "noise.bin": (bytes(range(256)), "File"),
}
"""Name -> content, and what it is called."""

WARNED = {
    "invoice.pdf": b"MZ\x90\x00" + bytes(100),
    "tool.exe": b"MZ\x90\x00" + bytes(100),
    "tool": b"\x7fELF\x02\x01\x01",
    "photo.png": b"<svg onload='alert(1)'/>",
    "photo.jpg": b"  <HTML><script>alert(1)</script>",
    "essay.docx": b"<?php echo 1;",
    "essay.txt": b"#!/bin/sh\nrm -rf /",
    "essay.pdf.js": b"alert(1)",
    "essay.BAT": b"del *",
}
"""Name -> content of which people should be warned."""


@pytest.mark.parametrize("name", KNOWN)
def test_the_content_tells(tmp_path: Path, name: str) -> None:
    content, words = KNOWN[name]
    (tmp_path / "stored").write_bytes(content)

    kind = file_types.detected(tmp_path / "stored")

    assert (file_types.words(kind), file_types.is_like_a_program(name, kind)) == (words, False)


@pytest.mark.parametrize("name", WARNED)
def test_people_are_warned(tmp_path: Path, name: str) -> None:
    (tmp_path / "stored").write_bytes(WARNED[name])

    assert file_types.is_like_a_program(name, file_types.detected(tmp_path / "stored"))


def test_nothing_keeps_it_busy(tmp_path: Path) -> None:
    for often in (b"<!---->", b" ", b"<?xml?>", b"<!--", b"PK"):
        (tmp_path / "stored").write_bytes(often * file_types.LOOKED_AT)

        assert file_types.detected(tmp_path / "stored")
