"""The log: nobody writes an entry of their own into it."""

import io
import json
import logging

import pytest

from workflow.logs import FORMATS, REQUEST

FORGED = "2026-11-27 10:00:00,000 INFO docket: all is well"


def logged(words: str, error: Exception | None = None, form: str = "text") -> list[str]:
    """The lines of the log when somebody has this logged."""
    log, kept = logging.Logger("docket.test"), io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(FORMATS[form])
    log.addHandler(handler)
    log.warning("A browser says: %s", words, exc_info=error)
    return kept.getvalue().splitlines()


def test_a_message_is_one_line() -> None:
    (line,) = logged(f"hm\r\n{FORGED}\u2028\x1b[2J\x0b.")

    assert line.endswith(rf"A browser says: hm\r\n{FORGED}\u2028\x1b[2J\x0b.")


def test_an_error_forges_nothing() -> None:
    lines = logged("hm", ValueError(f"no\n{FORGED}"))

    assert len(lines) > 2
    assert all(line.startswith("    ") for line in lines[1:])


def test_an_entry_names_its_request() -> None:
    came = REQUEST.set("ab12")

    (line,), (entry,) = logged("hm"), map(json.loads, logged("hm", form="json"))
    REQUEST.reset(came)

    assert line.endswith("hm [ab12]")
    assert (entry["level"], entry["request"], entry["message"]) == ("WARNING", "ab12", "A browser says: hm")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "words",
    [
        "GET /login/with?key=SECRET&next=/",
        "Authorization: Bearer SECRET",
        "a token such as eyJSECRET.eyJSECRET.SECRET was sent",
        "postgresql://desk:SECRET@db/desk",
        "smtp://desk:SECRET@mail.example.com",
        "password='SECRET'",
        "Cookie: docket_session_1a2b3c4d=SECRET",
        "/unsubscribe/SECRET",
        "/_nicegui_ws/socket.io/?client_id=SECRET",
    ],
)
def test_no_secret_is_told(words: str, form: str) -> None:
    said = "\n".join(logged(words, ValueError(words), form))

    assert "SECRET" not in said
    assert len(said.splitlines()) > 1 or json.loads(said)["error"]
