"""The start: how long until Docket gives its first answer, beside what `import nicegui` alone takes."""

import http.client
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.load import Others
from benchmarks.server import ROOT, free_port
from benchmarks.table import Figure

BOUND = 1.8
ROUNDS = 7

Spent = tuple[float, float]
"""Seconds on the wall, and on the processor."""


def figures() -> Iterator[Figure]:
    """Wall and processor, in milliseconds; the database is there already, and at its newest."""
    others = Others()
    with tempfile.TemporaryDirectory() as folder:
        _answered(folder)
        spent = [(_answered(folder), _imported()) for _ in range(ROUNDS)]
    sides = [[median(each) * 1000 for each in zip(*side, strict=True)] for side in zip(*spent, strict=True)]
    for what, product, floor in zip(("on the wall", "of the processor"), *sides, strict=True):
        yield Figure(f"start to first answer, ms {what}", product, floor, BOUND, is_least=False, others=others.cores())


def _answered(folder: str) -> Spent:
    port = free_port()
    environment = os.environ | {"DOCKET_PORT": str(port), "DOCKET_DATA_DIR": folder}
    line, begun = [sys.executable, str(ROOT / "main.py"), "run"], time.perf_counter()
    with subprocess.Popen(line, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while not _answers(port):
            time.sleep(0.005)
        spent = time.perf_counter() - begun, _processor(process.pid)
        process.terminate()
    return spent


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _processor(process: int) -> float:
    ticks = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _imported() -> Spent:
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import nicegui"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
