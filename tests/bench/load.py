"""Callers in processes of their own, each sending its requests one after another."""

import http.client
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import quantiles
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Request:
    """One request and the status it must get."""

    method: str
    path: str
    status: int = 200
    fields: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Caller:
    """One kept connection with one cookie, like a browser's."""

    port: int
    cookie: str = ""

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def send(self, request: Request) -> str:
        """The body that comes back. AssertionError when the status is another."""
        headers = dict(request.headers) | ({"Cookie": self.cookie} if self.cookie else {})
        body = None if request.fields is None else urlencode(request.fields)
        self.line.request(request.method, request.path, body, headers | (FORM if body else {}))
        answer = self.line.getresponse()
        text = answer.read().decode()
        assert answer.status == request.status, f"{request.path}: {answer.status} {text[:200]}"
        given = answer.getheader("Set-Cookie")
        self.cookie = given.split(";")[0] if given else self.cookie
        return text


Plan = Callable[[int], Iterable[Callable[[], object]]]
"""Given a port, sends what must come first, then the measured sends one by one."""


@dataclass(frozen=True)
class Load:
    """What all callers together did: requests a second, and how long each took, in ms."""

    rate: float
    waits: list[float]

    @property
    def p99(self) -> float:
        """What the slowest in a hundred took, in ms."""
        return quantiles(self.waits, n=100)[-1]


def rate(ports: Sequence[int], plans: list[Plan], seconds: float) -> float:
    """Requests a second by all callers together."""
    return run(ports, plans, seconds).rate


def run(ports: Sequence[int], plans: list[Plan], seconds: float) -> Load:
    """All callers together, from a common start; they are dealt out to the ports."""
    start = multiprocessing.get_context("fork").Barrier(len(plans))
    results = multiprocessing.get_context("fork").SimpleQueue()
    callers = [
        multiprocessing.get_context("fork").Process(
            target=_call, args=(plan, port, seconds, (start, results)), daemon=True
        )
        for plan, port in zip(plans, cycle(ports), strict=False)
    ]
    for caller in callers:
        caller.start()
    counted = [results.get() for _ in callers]
    for caller in callers:
        caller.join()
    failures = [result for result in counted if isinstance(result, str)]
    if failures:
        raise RuntimeError(failures[0])
    together = sum(len(waits) / elapsed for waits, elapsed in counted)
    return Load(together, [wait for waits, _ in counted for wait in waits])


def _call(plan: Plan, port: int, seconds: float, meeting: tuple) -> None:
    start, results = meeting
    try:
        sends = iter(plan(port))
        first = next(sends)
        start.wait(timeout=120)
        results.put(_count(first, sends, seconds))
    except Exception as error:  # the parent says it, in one line
        start.abort()
        results.put(f"a caller failed: {error!r}")


def _count(
    first: Callable[[], object], sends: Iterator, seconds: float
) -> tuple[list[float], float]:
    """How long each took; a send that returns False was a pause, and counts for nothing."""
    began, waits = time.perf_counter(), []
    send: Callable[[], object] | None = first
    while send is not None and time.perf_counter() - began < seconds:
        sent = time.perf_counter()
        if send() is not False:
            waits.append((time.perf_counter() - sent) * 1000)
        send = next(sends, None)
    return waits, time.perf_counter() - began
