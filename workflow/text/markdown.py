"""The parser of what people type: Markdown without HTML, each of whose rules looks at the clock first.

What it builds on is large; so it is loaded with the first text, by `prose`.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from html import escape
from math import inf
from time import thread_time
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

DEEPEST = 20
SCHEMES = ("http://", "https://", "mailto:")
EVERY_LINK = "https://a.example www.a.example a@a.example //a.example ftp://a.example mailto:a@a.example"
STILL = {"rel": "noopener noreferrer nofollow", "target": "_blank"}


class TooSlow(TimeoutError):
    """The text has taken its time."""


def _in_time(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule of a parser, which looks at the clock first: no text can keep it busy for long."""

    @wraps(rule)
    def timed(state: Any, *where: Any) -> Any:
        if thread_time() > state.env["until"]:
            raise TooSlow
        return rule(state, *where)

    return timed


class _Safe(RendererHTML):
    """Links open a tab of their own, pictures are links, and each block has the direction of its first letter."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrs.update(STILL)
        return self.renderToken(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A picture from elsewhere would tell its host who reads."""
        source, still = str(tokens[idx].attrs["src"]), " ".join(f'{name}="{value}"' for name, value in STILL.items())
        return f'<a href="{escape(source)}" {still}>{escape(tokens[idx].content or source)}</a>'

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrs["dir"] = "auto"
        return self.renderToken(tokens, idx, options, env)

    heading_open = bullet_list_open = ordered_list_open = blockquote_open = paragraph_open


def _reads_as_link(url: str) -> bool:
    return url.strip().lower().startswith(SCHEMES)


def parser() -> MarkdownIt:
    """A parser that has met every kind of link, since it builds what it needs for them with the first."""
    options = {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST}
    made = MarkdownIt("commonmark", options, renderer_cls=_Safe)
    made.enable("linkify").disable(["code", "html_block", "html_inline", "reference"])
    for ruler in (made.core.ruler, made.block.ruler, made.inline.ruler, made.inline.ruler2):
        for rule in ruler.__rules__:
            rule.fn = _in_time(rule.fn)
        ruler.__cache__ = None
    made.validateLink = _reads_as_link
    made.render(EVERY_LINK, {"until": inf})
    return made
