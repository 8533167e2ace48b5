"""The keys: what they do for whom, as the help tells it, and where they lead. They are heard by assets/keys.js."""

from collections.abc import Iterator

from models.user import Role
from pages.frame import LINKS, SETTINGS

LETTERS = {
    **dict.fromkeys(("/client", "/writer", "/manager", "/admin"), "o"),
    "/all": "a",
    "/notifications": "n",
    "/profile": "p",
    "/admin/people": "e",
    "/admin/work": "k",
    "/admin/rules": "r",
    "/admin/agency": "y",
    "/admin/mail": "m",
    "/admin/lifecycle": "l",
    "/admin/records": "c",
    "/admin/log": "d",
}
"""The letter that leads to a page, after `g`."""

HELP, FIND = "#help", "#find"
"""The addresses that open the help and the palette, on whatever page."""

ALWAYS = [
    ("?", "Show these keys"),
    ("/", "Search"),
    ("Ctrl K", "Find orders, pages and what can be done"),
    ("Ctrl Enter", "Send what you are typing"),
    ("z", "Take back what you have just pressed, while it can be"),
    ("↑ ↓", "From one to the next in a list"),
]
"""What everybody's keys do."""

NEW = ("n", "New order")
BOARD = [("↑ ↓ ← →", "From card to card of the board"), ("Shift ← →", "Move a card to the next column that is open")]

WORDS = {
    "keys": "Keys",
    "single": "Keys of one character do something",
    "close": "Close",
    "palette": "Find",
    "find": "What are you looking for?",
    "here": "This order",
    "nothing": "Nothing fits.",
    "away": "This cannot be searched just now. Please try again in a moment.",
}
"""What stands in the help and the palette."""


def pages(role: Role) -> list[tuple[str, str]]:
    """The name and address of each page that this role may open."""
    links = [(name, address) for name, address, _ in (*LINKS[role], *SETTINGS.get(role, []))]
    return [*links, ("Notifications", "/notifications"), ("Profile", "/profile"), (WORDS["keys"], HELP)]


def places(role: Role) -> dict[str, str]:
    """The addresses to which `g` and a letter lead this role."""
    return {LETTERS[address]: address for _, address in pages(role) if address in LETTERS}


def helped(role: Role) -> Iterator[tuple[list[str], str]]:
    """The lines of the help: the keys, and what they do for this role."""
    there = {address for _, address in pages(role)}
    board = BOARD if role in {Role.manager, Role.admin} else []
    for keys, what in (*ALWAYS, *([NEW] if "/new" in there else []), *board):
        yield keys.split(), what
    for name, address in pages(role):
        if address in LETTERS:
            yield ["g", LETTERS[address]], name
