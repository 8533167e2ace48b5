"""The log: nobody writes an entry of their own into it."""

import io
import logging

from workflow.logs import ENTRY, Entries

FORGED = "2026-11-27 10:00:00,000 INFO docket: all is well"


def logged(words: str, error: Exception | None = None) -> list[str]:
    """The lines of the log when somebody has this logged."""
    log, kept = logging.Logger("docket.test"), io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(Entries(ENTRY))
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
