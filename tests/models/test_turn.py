"""The turn to write: whoever came first is served first, and nobody waits without end."""

import threading
import time

from models.turn import Turn


def test_first_come_first_served() -> None:
    turn, served = Turn(), list[int]()
    assert turn.acquire(1)

    def wait(number: int) -> None:
        assert turn.acquire(60)
        served.append(number)
        turn.release()

    crowd = [threading.Thread(target=wait, args=(number,)) for number in range(20)]
    for place, one in enumerate(crowd, 1):
        one.start()
        while len(turn._waiting) < place:
            time.sleep(0.001)
    turn.release()
    for one in crowd:
        one.join()

    assert served == list(range(20))


def test_who_has_waited_long_enough_leaves() -> None:
    turn = Turn()
    assert turn.acquire(1)

    assert not turn.acquire(0.01)
    turn.release()

    assert turn.acquire(0.01)


def test_a_turn_that_is_called_off_comes_to_nobody() -> None:
    turn, came = Turn(), list[bool]()
    assert turn.acquire(1)
    waiting = threading.Thread(target=lambda: came.append(turn.acquire(60)))
    waiting.start()
    while not turn._waiting:
        time.sleep(0.001)

    turn.call_off()
    waiting.join()

    turn.release()
    assert (came, turn.acquire(60)) == ([False], False)
