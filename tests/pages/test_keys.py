"""The keys: each page that a role may open has a letter of its own, and no letter leads elsewhere."""

import pytest

from models.user import Role
from pages import keys
from tests.pages.rounds import WAYS

WHO = {Role.client: "cleo", Role.writer: "wren", Role.manager: "bea", Role.admin: "ada"}


@pytest.mark.parametrize("role", Role)
def test_letters_lead_where_one_may_go(role: Role) -> None:
    pages = {address for _, address in keys.pages(role)} - {"/new", keys.HELP}

    assert set(keys.places(role).values()) == pages
    assert all(WHO[role] in WAYS[f"GET {address}"].split() for address in pages)
