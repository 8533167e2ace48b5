"""Names: nobody is called as the house or the agency, but admins, who speak for it."""

import pytest

from models import Agency
from models.database import writing
from models.user import Role
from tests.desk import Desk, on_sqlite, refused
from workflow.orders import work_types
from workflow.orders.work_types import Offer
from workflow.people import accounts, names, profiles
from workflow.refusals import InvalidField


@pytest.mark.parametrize(
    "name",
    [
        "Docket",
        "DOCKET",
        "D o c k e t",
        "Ｄｏｃｋｅｔ",
        "Doc\u200bket",
        "Dосket",
        "Docket system",
        "The agency",
        "Admin",
    ],
)
def test_nobody_speaks_for_the_house(desk: Desk, name: str) -> None:
    with refused(names.SPEAKS_FOR_OTHERS, InvalidField):
        profiles.set_profile(name, "UTC", "auto", by=desk.who("wren"))


def test_nobody_is_called_as_the_agency(desk: Desk) -> None:
    with writing() as session:
        session.add(Agency(name="Paper & Ink", currency="EUR"))

    with refused(names.SPEAKS_FOR_OTHERS, InvalidField):
        profiles.set_profile("PAPER  &ink", "UTC", "auto", by=desk.who("cleo"))

    assert profiles.set_profile("Paper & Ink", "UTC", "auto", by=desk.who("ada")).name == "Paper & Ink"


@on_sqlite
def test_an_admin_names_nobody_docket(desk: Desk) -> None:
    with refused(names.SPEAKS_FOR_OTHERS, InvalidField):
        accounts.add("Docket", "new@example.com", Role.client, "a long password", by=desk.who("ada"))
    with refused(names.SPEAKS_FOR_OTHERS, InvalidField):
        work_types.save(Offer("docket system"), by=desk.who("ada"))


@pytest.mark.parametrize("name", ["Dorothy Docket", "李", "Ağa Çelik", "Adminah"])
def test_other_names_are_theirs(desk: Desk, name: str) -> None:
    assert profiles.set_profile(name, "UTC", "auto", by=desk.who("wren")).name == name
