"""File types: what a file is, as its content says, whatever its name or its sender claim."""

import re
from pathlib import Path, PurePath

UNKNOWN, TEXT, ZIP = "application/octet-stream", "text/plain", "application/zip"
PROGRAM, SCRIPT, PAGE, DRAWING = "application/x-executable", "text/x-script", "text/html", "image/svg+xml"

LOOKED_AT = 65_536
"""How much of a file's beginning, and of its end, is looked at, in bytes."""

_BEFORE = rb"\s*+(?>(?:<\?xml[^>]*+>|<!--.*?-->|<!doctype svg[^>]*+>)\s*+)*+"
"""What may stand before a page's first tag. Nothing is tried twice, however long somebody made it."""

_STARTS = {
    PROGRAM: re.compile(
        rb"MZ.{0,200}\x00|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe", re.S
    ),
    SCRIPT: re.compile(rb"\s*+(?:#!|<\?php|<\?=|<%|@echo\b|<script\b|<job\b)", re.I),
    DRAWING: re.compile(_BEFORE + rb"<svg\b", re.I | re.S),
    PAGE: re.compile(_BEFORE + rb"<(?:!doctype html|html|head|body|iframe|img|meta)\b", re.I | re.S),
}
"""What programs, and what browsers take for one, begin with: looked for first, so that nothing hides behind it."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, SHEET, SLIDES = (f"{_OFFICE}.{kind}" for kind in ("wordprocessingml.document", "spreadsheetml.sheet",
                                                        "presentationml.presentation"))  # fmt: skip
_INSIDE = {b"word/document": WORD, b"xl/workbook": SHEET, b"ppt/presentation": SLIDES}
"""What the list of contents at the end of a zip file tells."""

_WRITTEN = {"application/pdf", "application/rtf", "application/postscript", "application/xml"}
"""What can look like plain text from inside, and is more."""

WORDS = {
    PROGRAM: "Program", SCRIPT: "Script", PAGE: "Web page", DRAWING: "Drawing", TEXT: "Text", WORD: "Word",
    SHEET: "Excel", SLIDES: "PowerPoint", "application/msword": "Word", "application/vnd.ms-excel": "Excel",
    "application/vnd.ms-powerpoint": "PowerPoint", "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument sheet", "application/pdf": "PDF",
    "application/rtf": "RTF text", ZIP: "ZIP archive", "application/epub+zip": "E-book",
    "application/xml": "XML",
}  # fmt: skip
_GROUPS = {"image": "Image", "audio": "Sound", "video": "Film", "text": "Text", "font": "Font"}

_FITTING = {PAGE: {"html", "htm", "xhtml"}, DRAWING: {"svg"}, SCRIPT: {"php", "sh", "py", "pl", "rb", "html", "htm"}}
_RUN = frozenset(
    {
        "exe",
        "com",
        "scr",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "hta",
        "msi",
        "jar",
        "lnk",
        "pif",
        "cpl",
    }
)
"""Endings that a double click would run."""


LOGO_TYPES = {"image/png", "image/jpeg"}
"""What every mail program shows, and what no script fits into."""


def detected(path: Path) -> str:
    """The media type of the file on disk; `application/octet-stream` for what nothing knows."""
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
        file.seek(max(0, path.stat().st_size - LOOKED_AT))
        end = file.read()
    for kind, beginning in _STARTS.items():
        if beginning.match(start.removeprefix(b"\xef\xbb\xbf")):
            return kind
    if start.startswith(b"PK"):
        inside = [kind for name, kind in _INSIDE.items() if name in end]
        return inside[0] if inside else _known(start, end, ZIP)
    if _is_text(start):
        known = _known(start, end, TEXT)
        return known if known in _WRITTEN else TEXT
    return _known(start, end, UNKNOWN)


def _known(start: bytes, end: bytes, otherwise: str) -> str:
    import puremagic  # late: it reads a long list of types as it is loaded

    try:
        found = puremagic.magic_string(start + end)[0].mime_type
    except (puremagic.PureError, ValueError, IndexError):
        return otherwise
    if otherwise == ZIP and found.startswith(_OFFICE):  # its list of contents would have said so
        return otherwise
    return (found or otherwise)[:100]


def _is_text(start: bytes) -> bool:
    if b"\x00" in start:
        return False
    try:
        start.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(start) - 4  # the last letter may be cut in two, the others may not
    return True


def words(media_type: str) -> str:
    """What people call such a file: `PDF`, `Word`, `Image`."""
    return WORDS.get(media_type) or _GROUPS.get(media_type.partition("/")[0], "File")


def is_like_a_program(name: str, media_type: str) -> bool:
    """Whether to warn: a program, a page or a script under another name, or something that a double click would run."""
    ending = PurePath(name.casefold()).suffix.lstrip(".")
    return media_type == PROGRAM or ending in _RUN or ending not in _FITTING.get(media_type, {ending})


def logo_type(content: bytes) -> str | None:
    """The media type of a logo, by its content and not by what it is called; None for what cannot be one."""
    import puremagic

    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return None
    return found if found in LOGO_TYPES else None
