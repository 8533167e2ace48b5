"""Fuzz, for a moment: what the reference says is what comes. `make fuzz` goes on for longer, in every role's name."""

import unicodedata
from pathlib import Path

from jsonschema_rs import validator_for

from tests.desk import Desk, on_sqlite
from workflow.text import look_alikes

LEFT_OUT = {"phases": {"coverage": {"enabled": False}, "stateful": {"enabled": False}}, "seed": 1}
"""What takes minutes is for `make fuzz`: each bound of each field, and what leads from one answer to the next request.
The seed is the same each time, so that whoever changes one thing is not held up by another."""


@on_sqlite
def test_what_is_said_of_the_api_is_so(desk: Desk, tmp_path: Path) -> None:
    from tests.api.fuzz import fuzz  # for it takes seconds, which only this worker shall spend

    report = fuzz(desk, "client", tmp_path, 2, **LEFT_OUT)

    assert report.failures == []
    assert report.answers[200] > 0


def test_what_can_be_seen_is_told_as_it_is_judged() -> None:
    is_told = validator_for({"type": "string", "pattern": look_alikes.SEEN}).is_valid

    for each in map(chr, [*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200)]):
        if unicodedata.category(each) != "Cn":  # which ones are characters by now, is another answer each year
            assert (each, is_told(each)) == (each, not look_alikes.is_blank(each))
