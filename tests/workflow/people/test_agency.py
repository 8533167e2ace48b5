"""The agency's face: admins change its name and its logo, which is a small picture by its content."""

from io import BytesIO

import pytest
from PIL import Image

from models import Agency, database
from tests.desk import Desk, listening, on_sqlite, refused
from workflow.people import accounts, agency
from workflow.refusals import Forbidden, InvalidField
from workflow.storage import file_types


@pytest.fixture(autouse=True)
def named(desk: Desk) -> None:
    """The agency has its name."""
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))


def picture(kind: str, size: tuple[int, int] = (80, 40)) -> bytes:
    """A picture of this kind."""
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def test_an_admin_renames_the_agency(desk: Desk) -> None:
    with listening() as heard:
        agency.rename("  Bücher\n& Co ", by=desk.who("ada"))

    found = accounts.agency()
    assert found
    assert (found.name, len(heard)) == ("Bücher & Co", 1)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_becomes_the_logo(desk: Desk, kind: str) -> None:
    agency.set_logo(picture(kind), by=desk.who("ada"))

    assert agency.logo() == picture(kind)
    assert file_types.logo_type(picture(kind)) == f"image/{kind}"

    agency.remove_logo(by=desk.who("ada"))

    assert agency.logo() is None


@on_sqlite
@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PN", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>", picture("gif"), b"%PDF-1.4"],
    ids=["nothing", "cut off", "svg", "html", "gif", "pdf"],
)
def test_anything_else_is_refused(desk: Desk, content: bytes) -> None:
    with refused("The logo must be a picture of type PNG or JPEG.", InvalidField):
        agency.set_logo(content, by=desk.who("ada"))

    assert agency.logo() is None


@on_sqlite
def test_a_large_logo_is_refused(desk: Desk) -> None:
    with refused("The logo is too large: at most 200 kB fit.", InvalidField):
        agency.set_logo(picture("png") + b"\0" * 200_000, by=desk.who("ada"))


@on_sqlite
@pytest.mark.parametrize("name", ["cleo", "wren", "bea"])
def test_the_face_is_the_admins(desk: Desk, name: str) -> None:
    who = desk.who(name)
    for change in (
        lambda: agency.rename("Mine", by=who),
        lambda: agency.set_logo(picture("png"), by=who),
        lambda: agency.remove_logo(by=who),
    ):
        with refused("Only an admin can do this.", Forbidden):
            change()


@on_sqlite
@pytest.mark.parametrize("name", ["", "   ", None, "x" * 101])
def test_a_name_is_needed(desk: Desk, name: str | None) -> None:
    with refused("The name", InvalidField):
        agency.rename(name, by=desk.who("ada"))
