"""Faults made for real: processes die, servers go away, disks fill; nothing acknowledged is lost, and all is said.

`make faults` makes them more often than the suite does, and docs/reliability.md says what came of it.
"""

import os
import time
from collections.abc import Callable

IS_LONG = os.environ.get("FAULTS") == "long"


def times(short: int, long: int) -> int:
    """How often to make a fault: in the suite, and in `make faults`."""
    return long if IS_LONG else short


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until this holds, and not for ever."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.02)
