"""Texts that come in: how many a second, how long the slowest waits, and how fast they are heard."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from consult_app import clock, config
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.db import Database
from tests.bench import plans
from tests.bench.figure import figure
from tests.bench.load import Load, Plan, run
from tests.bench.server import Ports, serving
from tests.bench.slowed import slowed

CALLERS = (1, 8, 32)
PACE, PACED_CALLERS = 50, 25
"""Texts a second while the database is slow, and among how many callers they are spread."""
PACED_S = 10.0
A_SECOND_MS = 1000.0
THREADS = 16


def measure(backend: str, env: Mapping[str, str], numbers: list[str], seconds: float) -> None:
    """Every figure on one database; each beside a committed insert by as many callers."""
    settings = config.from_environment(env)
    with (
        serving("wsgi:app", env) as ours,
        serving("tests.bench.baseline:app", env) as bare,
    ):
        for callers in CALLERS:
            dealt = (numbers[part::callers] for part in range(callers))
            plain = run(bare, [plans.insert for _ in range(callers)], seconds)
            texts = run(ours, [plans.Texts(share, settings) for share in dealt], seconds)
            said = f"{backend}, {callers} callers"
            figure(f"inbound texts, {said}", texts.rate, "texts/s", plain.rate)
            figure(f"inbound texts: slowest in a hundred, {said}", texts.p99, "ms", plain.p99)
    heard(backend, settings, plain.rate)
    while_slow(backend, env, numbers)


def heard(backend: str, settings: config.Settings, inserts: float) -> None:
    """How many of those that wait one worker hears a second."""
    database = Database(settings.database_url)
    began = time.perf_counter()
    count = hear_waiting(database, settings, clock.now())
    took = time.perf_counter() - began
    database.engine.dispose()
    figure(f"texts heard by one worker, {backend}", count / took, "texts/s", inserts)


def while_slow(backend: str, env: Mapping[str, str], numbers: list[str]) -> None:
    """The slowest in a hundred at 50 a second while the database takes 200 ms for an answer."""
    settings = config.from_environment(env)
    with (
        slowed(env["DATABASE_URL"]) as url,
        serving("wsgi:app", dict(env) | {"DATABASE_URL": url}, threads=THREADS) as ours,
    ):
        texts = _paced(ours, numbers, settings)
    name = f"inbound texts, 50 a second, database at 200 ms: slowest in a hundred, {backend}"
    figure(name, texts.p99, "ms", A_SECOND_MS)


def _paced(ports: Ports, numbers: list[str], settings: config.Settings) -> Load:
    shares = [numbers[part::PACED_CALLERS] for part in range(PACED_CALLERS)]
    every = PACED_CALLERS / PACE
    return run(ports, [paced(plans.Texts(share, settings), every) for share in shares], PACED_S)


def paced(plan: Plan, every: float) -> Plan:
    """The same sends, one every so many seconds; a late one is not made up for."""

    def sends(port: int) -> Iterator[Callable[[], object]]:
        due = time.perf_counter() + every
        for send in plan(port):
            yield partial(_wait, due)  # not counted: a pause returns False
            yield send
            due = max(due + every, time.perf_counter())

    return sends


def _wait(until: float) -> bool:
    time.sleep(max(0.0, until - time.perf_counter()))
    return False
