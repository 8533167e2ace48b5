"""Streams of the cast."""

import httpx
import pytest

from tests.api.events.subscriber import Subscribe, subscribed
from tests.desk import Desk


@pytest.fixture
def subscribe(desk: Desk, street: httpx.Client) -> Subscribe:
    """Opens a stream for one of the cast."""
    return lambda name, *args, **options: subscribed(street, desk.who(name), *args, **options)
