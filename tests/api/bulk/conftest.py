"""Callers who have made no bulk call yet."""

import pytest

from api import bulk


@pytest.fixture(autouse=True)
def nobody_has_called() -> None:
    """Every story begins with ten calls for everybody."""
    bulk._limiter.storage.reset()
