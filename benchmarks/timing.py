"""How long a piece of work takes."""

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median of the seconds that this work takes, after one round to warm up."""
    work()
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)
