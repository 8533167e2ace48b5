"""The guarded site, started once for each file of tests."""

from collections.abc import Iterator

import pytest

from tests.pages.guard.site import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("guard"))
    with desk.port, desk.http, desk:
        yield desk
