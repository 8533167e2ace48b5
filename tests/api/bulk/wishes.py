"""Wishes: what a program asks of many orders at once."""

from typing import Any

import httpx

from models import Job
from tests.api.caller import Caller

BULK = "/api/jobs/bulk"


def ask(caller: Caller, what: str, *orders: Job | int, status: str = "approved", **more: Any) -> httpx.Response:
    """Ask for a `preview` or a `status-update` of these orders."""
    ids = [order.id if isinstance(order, Job) else order for order in orders]
    return caller.send(f"{BULK}/{what}", {"orderIds": ids, "newStatus": status, **more})


def preview(caller: Caller, *orders: Job | int, **more: Any) -> dict[str, Any]:
    """What would happen."""
    return ask(caller, "preview", *orders, **more).json()


def update(caller: Caller, *orders: Job | int, **more: Any) -> dict[str, Any]:
    """What happened."""
    return ask(caller, "status-update", *orders, **more).json()


def export(caller: Caller, bulk_id: int, **query: str) -> httpx.Response:
    """The results as a file."""
    return caller.get(f"{BULK}/{bulk_id}/export", **query)
