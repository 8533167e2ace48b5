"""Numerals: a number with the digits and marks of its writer's language is read or refused, never guessed.

The pages write 1,234.50. What else can be meant in one way only is read too: 1.234,50 and 1'234.50 and 1 234,50.
"""

import re
import unicodedata
from decimal import Decimal

_POINT = re.compile(r"-?(\d+|[1-9]\d{0,2}([,'])\d{3}(\2\d{3})*|[1-9]\d?(,\d\d)+,\d{3})([.٫]\d+)?")
_COMMA = re.compile(r"-?(\d+|[1-9]\d{0,2}([.'])\d{3}(\2\d{3})*)([,٫]\d+)?")
_EITHER = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}")
"""Three digits behind one mark: thousands for some, decimals for others."""

_SAME = str.maketrans({"’": "'", "ʼ": "'", "٬": "'", "−": "-", "–": "-", "．": ".", "，": ","})
"""Marks and signs that look different and mean the same."""

_LONGEST = 24


def read(typed: str, places: int) -> Decimal:
    """The number typed, where numbers have so many decimals; raises ValueError for none, and for what may mean two."""
    written = _plain(typed[: _LONGEST + 1])
    either = _EITHER.fullmatch(written)
    if either and (places > 2) is (either[1] == ","):  # a comma is ours for thousands, a point for decimals
        raise ValueError("may mean two numbers")
    if len(typed) > _LONGEST:
        raise ValueError("too long for a number")
    if _POINT.fullmatch(written):
        number = Decimal(re.sub("[,']", "", written).replace("٫", "."))
    elif _COMMA.fullmatch(written):
        number = Decimal(re.sub("[.']", "", written).replace(",", ".").replace("٫", "."))
    else:
        raise ValueError("not a number")
    if number != round(number, places):
        raise ValueError("too many decimals")
    return number


def whole(typed: object) -> int:
    """The whole number typed; raises ValueError for none."""
    return int(read(str(typed), 0))


def _plain(typed: str) -> str:
    """The same in ASCII digits, without invisible letters, and with one mark for all blanks within."""
    return "".join(_letter(letter) for letter in typed.strip()).translate(_SAME)


def _letter(letter: str) -> str:
    match unicodedata.category(letter):
        case "Nd":
            return str(unicodedata.decimal(letter))
        case "Zs":
            return "'"
        case "Cf":
            return ""
    return letter
