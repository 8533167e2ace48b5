"""Figures: what this process counts and times, for Prometheus."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from models.causes import Busy
from workflow.refusals import Refused

REGISTRY = CollectorRegistry()

CHANGES = Counter("docket_changes", "Changes asked for, by action and result.", ["action", "result"], registry=REGISTRY)
CHANGE_SECONDS = Histogram("docket_change_seconds", "Seconds that one change took.", registry=REGISTRY)
BULK_SECONDS = Histogram("docket_bulk_seconds", "Seconds that one bulk operation took.", registry=REGISTRY)
OPEN_PAGES = Gauge("docket_open_pages", "Pages that people have open in this process.", registry=REGISTRY)
STREAMS = Gauge("docket_sse_connections", "Event streams open in this process.", registry=REGISTRY)
HEARD = Gauge(
    "docket_newest_change_heard", "The newest change (a ring's id) that this process knows.", registry=REGISTRY
)
LETTERS_WAITING = Gauge("docket_letters_waiting", "Letters that wait to be sent.", registry=REGISTRY)


def value(gauge: Gauge) -> float:
    """What a gauge without labels stands at."""
    return next(iter(gauge.collect())).samples[0].value


def count(action: str, result: str) -> None:
    """Count one change: the result is `ok`, or the code of the refusal."""
    CHANGES.labels(action, result.lower()).inc()


@dataclass
class Counted:
    """A change that is being counted; its action may be found out on the way."""

    action: str


@contextmanager
def change(action: str) -> Iterator[Counted]:
    """Count and time one change; the result is `ok`, the code of the refusal, or `failed`."""
    begun, result, counted = time.perf_counter(), "failed", Counted(action)
    try:
        yield counted
        result = "ok"
    except Refused as refusal:
        result = refusal.code
        raise
    except Busy:
        result = "busy"
        raise
    finally:
        count(counted.action, result)
        CHANGE_SECONDS.observe(time.perf_counter() - begun)
