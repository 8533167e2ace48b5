"""Invitations by REST: an account is opened, asked again, and withdrawn, by admins alone."""

from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite

NINA = {"name": "Nina New", "email": "nina@example.com", "role": "writer"}


def test_an_account_waits_for_its_person(desk: Desk, by: By) -> None:
    answer = by("ada").send("/api/users", NINA)

    told = answer.json()
    assert (answer.status_code, told["invited"], told["active"], told["role"]) == (201, True, True, "writer")
    assert "link" not in answer.text
    assert said(by("ada").send(f"/api/users/{told['id']}/invitation", {})) == (200, None)
    assert by("ada").call("DELETE", f"/api/users/{told['id']}/invitation").json()["active"] is False


@on_sqlite
def test_what_cannot_be_is_refused(desk: Desk, by: By) -> None:
    ada, wren = by("ada"), desk.who("wren").id

    assert said(ada.send("/api/users", NINA | {"email": "cleo@example.com"})) == (422, "INVALID_FIELD")
    assert said(ada.send("/api/users", NINA | {"role": "owner"})) == (422, "INVALID_FIELD")
    assert said(ada.send(f"/api/users/{wren}/invitation", {})) == (409, "CONDITION_NOT_MET")
    assert said(ada.send("/api/users/4711/invitation", {})) == (404, "NOT_FOUND")
