"""Texts of people stay out of `.props("…")`: there a quote in a name ends the attribute, and what follows is another.

`make lint` runs this. What is filled into such a string ends in one of these words: ids, words of our own, and figures.
Everything else is set as an attribute by itself, `element.props["aria-label"] = name`. What runs is set nowhere.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PAGES = Path(__file__).parents[1] / "pages"

OURS = {"id", "key", "code", "token", "display_id", "status", "action", "kind", "audience", "delivery", "type_", "icon"}
OURS |= {"unread", "read", "late", "step", "number", "refusal", "success", "whole", "fits", "is_muted"}
HANDLER = re.compile(r"(^|\s)on[a-z]+\s*=")


def faults(path: Path) -> Iterator[str]:
    """What of this file's props is not ours alone."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "props":
            for said in node.args:
                yield from (f"{path}:{node.lineno}: {why}" for why in _wrong(said))


def _wrong(said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.IfExp):
        yield from (*_wrong(said.body), *_wrong(said.orelse))
        return
    if not isinstance(said, ast.Constant | ast.JoinedStr):
        yield "only a text written here, with or without {…}, goes into props"
        return
    parts = said.values if isinstance(said, ast.JoinedStr) else [said]
    for part in parts:
        if isinstance(part, ast.FormattedValue) and not _is_ours(part.value):
            yield f"{ast.unparse(part.value)} may be somebody's text"
        elif isinstance(part, ast.Constant) and HANDLER.search(str(part.value)):
            yield "a handler in an attribute is run by no browser, for the policy forbids it"


def _is_ours(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.Name(id=word) | ast.Attribute(attr=word) if word in OURS or word.isupper():
            return True
        case ast.Attribute(value=holder):
            return isinstance(holder, ast.Subscript) and _is_ours(holder.value)
        case ast.IfExp(body=one, orelse=other):
            return _is_ours(one) and _is_ours(other)
        case ast.UnaryOp(operand=ast.Attribute(attr=word)):
            return word in OURS
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="str"), args=[whether]))):
            return _is_ours(whether)  # str(line.read).lower()
    return False


if __name__ == "__main__":
    found = [fault for path in sorted(PAGES.rglob("*.py")) for fault in faults(path)]
    sys.exit("\n".join(found) or 0)
