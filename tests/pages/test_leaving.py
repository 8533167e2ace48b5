"""Parting: what a page that was left had on its screen is freed at once, though its handlers lead back to it."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest
from nicegui import Client, ui
from nicegui.page import page

from pages.leaving import part


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Nobody looks for circles meanwhile."""
    gc.disable()
    yield
    gc.enable()


def field_that_hears_of_itself() -> weakref.ref[ui.input]:
    """A field whose handler holds on to it."""
    field = ui.input("Search")
    field.on_value_change(lambda _event: field.update())
    return weakref.ref(field)


async def left(*, parting: bool) -> bool:
    """Leave a page with such a field; whether the field is freed."""
    client = Client(page("/"))
    with client:
        field = field_that_hears_of_itself()
    if parting:
        client.on_delete(part)
    client.delete()
    await asyncio.sleep(0.01)
    return field() is None


@pytest.mark.parametrize("parting", [True, False])
def test_a_page_that_was_left_is_freed_at_once(no_collector: None, parting: bool) -> None:
    assert asyncio.run(left(parting=parting)) is parting
