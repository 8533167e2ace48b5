"""Parting: a page that was left is freed at once, by counting references, as soon as nothing goes in circles any more.

The collector that finds circles stops everything while it looks, so it seldom does, and pages would pile up until then.
"""

import asyncio

from nicegui import Client
from nicegui.element import Element
from nicegui.observables import ObservableCollection


def part(client: Client) -> None:
    """Cut what leads from the elements of this page, which is being deleted, back to the code that made them."""
    client.connect_handlers, client.delete_handlers = [], []
    asyncio.get_running_loop().call_soon(_cut, list(client.elements.values()))


def _cut(elements: list[Element]) -> None:
    for element in elements:
        for name, value in vars(element).items():
            if isinstance(value, ObservableCollection):  # its own handler is one of its methods
                value._change_handlers.clear()
            elif name.endswith("_handlers") and isinstance(value, list):
                value.clear()
