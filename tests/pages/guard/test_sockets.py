"""Sockets: a page hears its own browser and nobody else, quietly and without a trace of its id."""

from nicegui import core

from pages.guard import install
from tests.pages.guard.site import FOREIGN, RELOAD, Desk, Page


def test_a_page_presses_its_button(desk: Desk) -> None:
    page = Page(desk, "ann")

    with page.socket() as socket:
        socket.press(page)
        assert f"{page.name} was pressed" in socket.shown()

    assert page.presses() == 1


def test_a_page_may_poll_instead(desk: Desk) -> None:
    assert Page(desk, "ann").poll().status_code == 200


def test_the_sign_in_page_needs_no_cookie(desk: Desk) -> None:
    with Page(desk).socket() as socket:
        assert socket.welcome.startswith("40")


def test_nobody_presses_another_pages_button(desk: Desk) -> None:
    mine, yours = Page(desk, "ann"), Page(desk, "bob")

    with mine.socket() as socket, yours.socket():
        socket.press(yours)
        socket.press(mine)
        socket.shown()

    assert (mine.presses(), yours.presses()) == (1, 0)


def test_nobody_watches_another_page(desk: Desk) -> None:
    mine, yours = Page(desk, "ann"), Page(desk, "bob")

    with mine.socket() as socket, yours.socket() as other:
        socket.send("handshake", yours.query | {"tab_id": "tab", "document_id": "document"})
        other.press(yours)
        other.shown()
        socket.press(mine)
        assert mine.name in socket.shown()


def test_nonsense_is_dropped_quietly(desk: Desk) -> None:
    page, seen = Page(desk, "ann"), len(desk.log.read_text())

    with page.socket() as socket:
        for nonsense in ([], ["text"], [None], [{}], [[page.id]], [{"client_id": [page.id]}]):
            socket.send("event", *nonsense)
        socket.press(page)
        socket.shown()

    news = desk.log.read_text()[seen:]
    assert news.count("Dropped a socket message") == 6
    assert "Traceback" not in news


def test_client_ids_stay_out_of_the_log(desk: Desk) -> None:
    page = Page(desk, "ann")

    with page.socket() as socket:
        socket.send("event", {"client_id": page.id + "0"})
        socket.press(page)
        socket.shown()
    assert page.refuses(origin=FOREIGN)
    assert page.poll().status_code == 200
    assert desk.post(page.upload) == 403

    log = desk.log.read_text()
    assert 'WebSocket /socket.io/?..." [accepted]' in log
    assert "POST /_nicegui/client/..." in log
    assert page.id not in log


def test_after_a_restart_the_page_reloads(desk: Desk) -> None:
    page = Page(desk, "ann")

    desk.restart()

    with page.socket() as socket:
        assert socket.welcome == RELOAD
    with Page(desk, "ann").socket() as socket:
        assert socket.welcome.startswith("40")


def test_a_second_install_changes_nothing() -> None:
    install()
    once = dict(core.sio.handlers["/"])

    install()

    assert core.sio.handlers["/"] == once
