"""The bell: a number for everybody that rises with their news, and listeners who hear it in order."""

from concurrent.futures import ThreadPoolExecutor

from workflow.live.bell import Bell, News

CLEO, CARL = 1, 2


def test_a_number_rises_for_one() -> None:
    bell = Bell()
    before = bell.number(CLEO), bell.number(CARL)

    bell.ring(News(frozenset({CLEO})))

    assert bell.number(CLEO) > before[0]
    assert bell.number(CARL) == before[1]


def test_some_news_are_for_everybody() -> None:
    bell = Bell()
    before = bell.number(CLEO), bell.number(CARL)

    bell.ring(News(None))

    assert (bell.number(CLEO), bell.number(CARL)) > before
    assert bell.number(CARL) > before[1]
    assert News(None).concerns(CARL)


def test_news_concern_their_audience() -> None:
    news = News(frozenset({CLEO}))

    assert news.concerns(CLEO)
    assert not news.concerns(CARL)


def test_a_listener_hears_until_it_stops() -> None:
    bell, heard = Bell(), []
    first, second, third = (News(frozenset({number})) for number in range(3))
    stop = bell.listen(heard.append)

    bell.ring(first)
    bell.ring(second)
    stop()
    bell.ring(third)

    assert heard == [first, second]


def test_a_listener_may_leave_while_listening() -> None:
    bell, heard = Bell(), []
    stop = bell.listen(lambda _news: stop())
    bell.listen(heard.append)

    bell.ring(News(None))
    bell.ring(News(None))

    assert len(heard) == 2


def test_no_ring_is_lost_among_threads() -> None:
    bell, heard = Bell(), []
    bell.listen(heard.append)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(bell.ring, [News(frozenset({CLEO}))] * 1000))

    assert bell.number(CLEO) == len(heard) == 1000
