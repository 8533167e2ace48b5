"""Live: what an open page hears while it looks for itself is not lost, and does not make it look again."""

import asyncio
from typing import Any

from nicegui import Client
from nicegui.page import page
from starlette.requests import Request

from models import Job
from pages.live import Live
from tests.desk import Desk, on_sqlite
from workflow.live.bell import News, bell
from workflow.people import sign_ins

ASKED: dict[str, Any] = {"type": "http", "path": "/", "query_string": b"", "headers": []}


@on_sqlite
def test_what_is_heard_while_a_page_looks_is_taken_in_afterwards(desk: Desk) -> None:
    bea, job, heard = desk.who("bea"), desk.job(), list[Job]()

    async def story() -> bool:
        with Client(page("/"), request=Request(ASKED)) as client:
            live = Live(bea, sign_ins.sign_in(bea))
            await live.start()
            live.job_handlers.append(heard.append)
            looking = asyncio.create_task(live.refresh())
            await asyncio.sleep(0)
            news = News(frozenset({bea.key}), job)
            bell.ring(news)
            live.hear(news, bell.number(bea.key), [])
            await looking
            is_fresh = live.seen == bell.number(bea.key)
        client.delete()
        return is_fresh

    assert asyncio.run(story())
    assert heard == [job]
