"""The matrix: every address for people, and everything that hears on a page, lets in whom it shall and nobody else."""

import json

from tests.desk import Desk, on_sqlite

ROUNDS = """
import json, os
from pathlib import Path
from starlette.testclient import TestClient
import pages
from tests.desk import Desk
from tests.pages import presses, rounds

desk, site = Desk(os.environ["DOCKET_DATABASE_URL"], Path(os.environ["DOCKET_DATA_DIR"])), pages.application()
with TestClient(site, base_url="http://localhost", follow_redirects=False) as web:
    print(json.dumps([rounds.undeclared(site), rounds.strays(web, desk), presses.unasked(web, desk)]))
"""


@on_sqlite
def test_nobody_gets_in_where_they_do_not_belong(desk: Desk) -> None:
    undeclared, strays, presses = json.loads(desk.elsewhere(ROUNDS).splitlines()[-1])

    assert undeclared == []
    assert strays == []
    assert presses == []
