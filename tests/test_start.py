"""The start: what only some commands or pages need is loaded when it is needed."""

from tests.desk import Desk, on_sqlite

LATE = {
    "PIL",
    "alembic",
    "api",
    "fontTools",
    "fpdf",
    "limits",
    "markdown_it",
    "psycopg",
    "puremagic",
    "xlsxwriter",
}


@on_sqlite
def test_a_start_loads_what_every_page_needs(desk: Desk) -> None:
    loaded = desk.elsewhere("import sys, main, pages; main.prepare(); pages.application(); print(*sys.modules)").split()

    assert "nicegui" in loaded
    assert LATE & set(loaded) == set()
