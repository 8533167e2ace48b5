"""Nonces: every script that a page brings carries the word of its answer, without which browsers run none (`boundary`).

They are put into NiceGUI's template and into what we add to it ourselves, before anything that people typed is filled
in: a script that somebody smuggles into a page does not get one.
"""

from jinja2 import DictLoader
from nicegui.client import templates

TEMPLATE = "index.html"
HEAD = "{{ head_html | safe }}"
"""Where the template takes in what is added to a page's head."""


def install(head: str = "") -> None:
    """Mark the scripts of the template, and those that every page has in its head; a second call marks none twice."""
    loader = templates.env.loader
    if isinstance(loader, DictLoader) or loader is None:
        return
    source, _, _ = loader.get_source(templates.env, TEMPLATE)
    marked = source.replace(HEAD, head + HEAD).replace("<script", '<script nonce="{{ request.state.nonce }}"')
    templates.env.loader = DictLoader({TEMPLATE: marked})
