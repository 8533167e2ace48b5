"""Prose: what people type, as HTML that can be shown: Markdown with line breaks and links, and nothing that acts.

It takes bounded time, and is to be called off the event loop; what is too long, too deep or too slow is shown as typed.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, wraps
from html import escape
from math import inf
from time import thread_time
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

LONGEST = 20_000
"""Characters that are read as Markdown; a longer text is shown as it was typed."""

SECONDS = 0.04
"""The time on a processor that a text may take."""

DEEPEST = 20
SCHEMES = ("http://", "https://", "mailto:")
_ONE_PARAGRAPH = re.compile(r'<p dir="auto">((?:(?!<p ).)*)</p>', re.DOTALL)
"""A text of one paragraph needs no element of its own within the one that shows it."""

EVERY_LINK = "https://a.example www.a.example a@a.example //a.example ftp://a.example mailto:a@a.example"
STILL = {"rel": "noopener noreferrer nofollow", "target": "_blank"}


class TooSlow(Exception):
    """The text has taken its time."""


def rendered(words: str) -> str:
    """The words as safe HTML."""
    return _marked_up(words) if len(words) <= LONGEST else _as_typed(words)


def prepare(*texts: str) -> None:
    """Render these off the event loop, so that a page that shows them only looks them up."""
    for words in texts:
        rendered(words)


@lru_cache(maxsize=4096)
def _marked_up(words: str) -> str:
    try:
        html = _parser().render(words, {"until": thread_time() + SECONDS}).strip()
    except (TooSlow, RecursionError, ValueError, IndexError):  # the last two: a parser's own faults on odd texts
        return _as_typed(words)
    alone = _ONE_PARAGRAPH.fullmatch(html)
    return alone[1] if alone else html


def _as_typed(words: str) -> str:
    return f'<p class="as-typed" dir="auto">{escape(words)}</p>'


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


@cache
def _parser() -> MarkdownIt:
    """The parser, warm: what it builds with its first links would use up the time of whichever text came first."""
    options = {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Safe)
    parser.enable("linkify").disable(["code", "html_block", "html_inline", "reference"])
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        for rule in ruler.__rules__:
            rule.fn = _in_time(rule.fn)
        ruler.__cache__ = None
    parser.validateLink = _reads_as_link
    parser.render(EVERY_LINK, {"until": inf})
    return parser
