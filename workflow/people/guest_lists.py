"""Guest lists: people to invite, pasted or out of a spreadsheet, one a line; a line that will not do says why."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from models import database
from models.user import Role, User
from workflow import access, checks
from workflow.people import names
from workflow.people.accounts import TAKEN
from workflow.people.invitations import Guest
from workflow.refusals import InvalidField

MOST = 200
"""How many are invited at once: they are one transaction."""

LONGEST = MOST * 500
"""Characters."""

TOO_MANY = f"At most {MOST} people are invited at once: please begin with the first {MOST}."
NO_ADDRESS = "There is no e-mail address on this line."
NO_ROLE = f"“{{word}}” is no role: there are {', '.join(Role)}."
TWICE = "This address stands on line {line} already."

HEADS = frozenset({"name", "first name", "email", "e-mail", "mail", "address", "role"})
"""What the columns of a spreadsheet are called; such a line is nobody."""


@dataclass(frozen=True)
class Line:
    """A line of the list, by its number: whom it names, or else what is wrong with it."""

    number: int
    words: str
    guest: Guest | None
    problem: str = ""


def decoded(content: bytes) -> str:
    """The text of a file, as spreadsheets write it: UTF-8, UTF-16 with its mark, or Windows' letters of the West."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read(words: str, role: Role, *, by: User) -> list[Line]:
    """The lines on which something stands; `role` is of those who name none. Raises Forbidden or InvalidField."""
    found = [(number, line.strip()) for number, line in enumerate(words.splitlines(), 1) if line.strip()]
    if len(found) > MOST + 1 or len(words) > LONGEST:
        raise InvalidField("people", TOO_MANY)
    with database.reading() as session:
        access.admin(session, by, "invite people")
        taken = User.addresses(session)
    return list(_judged(found, role, taken))


def _judged(found: list[tuple[int, str]], role: Role, taken: set[str]) -> Iterator[Line]:
    there: dict[str, int] = {}
    for number, words in found:
        cells = _cells(words)
        if number == found[0][0] and HEADS.issuperset(cell.casefold() for cell in cells):
            continue
        try:
            guest = _guest(cells, role)
            _check(guest.email or "", taken, there)
        except InvalidField as refusal:
            yield Line(number, words, None, refusal.sentence)
        else:
            there[guest.email or ""] = number
            yield Line(number, words, guest)


def _cells(words: str) -> list[str]:
    """What stands between tabs, semicolons or commas, whichever the line has; or as mail programs copy an address."""
    name, _, rest = words.partition("<")
    if "@" in rest:
        address, _, role = rest.partition(">")
        cells = [name.strip(' "'), address, role.strip(",;\t ")]
    else:
        between = next((each for each in "\t;" if each in words), ",")
        cells = next(csv.reader([words], delimiter=between, skipinitialspace=True), [])
    return [cell.strip() for cell in cells if cell.strip()]


def _guest(cells: list[str], role: Role) -> Guest:
    """Before the address stands the name, behind it the role; or else first name, then role."""
    place = next((place for place, cell in enumerate(cells) if "@" in cell), None)
    if place is None:
        raise InvalidField("email", NO_ADDRESS)
    before, after = cells[:place], cells[place + 1 :]
    name, said = (before, after) if before else (after[:1], after[1:])
    found = checks.together(
        name=lambda: names.house_free("name", " ".join(name), checks.NAME),
        email=lambda: checks.address(cells[place]),
        role=lambda: _role(" ".join(said), role),
    )
    return Guest(**found)


def _role(word: str, otherwise: Role) -> Role:
    try:
        return Role(word.casefold()) if word else otherwise
    except ValueError:
        raise InvalidField("role", NO_ROLE.format(word=word)) from None


def _check(email: str, taken: set[str], there: dict[str, int]) -> None:
    if email in taken:
        raise InvalidField("email", TAKEN)
    if email in there:
        raise InvalidField("email", TWICE.format(line=there[email]))
