"""Every page: it asks as much of a dozen rows as of three, and when it is left, nothing of it stays."""

import json

from tests.desk import Desk, on_sqlite


@on_sqlite
def test_a_page_costs_no_more_with_more_rows_and_is_given_back(desk: Desk) -> None:
    said = desk.elsewhere("from tests.pages.visits import everywhere\nprint(everywhere())")

    few, many = json.loads(said.splitlines()[-1])
    assert many["alive"] == []
    assert {page: code for page, (code, _) in many["pages"].items() if code != 200} == {}
    assert many["pages"] == few["pages"]
