"""`make bench`: a line of JSON a figure, each beside a baseline measured in the same run."""

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from consult_app import config, language, sealing
from consult_app.db import Database
from tests import postgres
from tests.bench import inbound, plans, sending, slow, words
from tests.bench.figure import figure
from tests.bench.load import Caller, Plan, rate
from tests.bench.seed import World, build
from tests.bench.server import Ports, serving
from tests.bench.weight import first_page
from tests.conftest import environment

CALLERS = 8
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
LINKS_EACH = 12
PHONES = 5
"""Slow phones, one after another."""
PAGE_BUDGET = 14 * 1024

Parts = Iterator[list[str]]


def measure(backend: str, url: str) -> None:
    """Every figure on one database, round by round, the baselines in each; medians are printed."""
    settings = environment(url)
    database = Database(url)
    world = build(database, links=CALLERS * (LINKS_EACH + 1) * ROUNDS + PHONES + 1)
    database.engine.dispose()
    if backend == "sqlite":  # the waiting is the line's, not the database's
        slow.measure(settings, world.links[-PHONES - 1 :])
    links, numbers = iter(world.links), shares(world, CALLERS * ROUNDS)
    found: dict[str, list[float]] = {}
    with (
        serving("wsgi:app", settings) as ours,
        serving("tests.bench.baseline:app", settings) as bare,
    ):
        first_page_weight(backend, ours[0], world.links[-1])
        for _ in range(ROUNDS):
            for name, ports, make in figures(links, numbers, (ours, bare), settings):
                rates = found.setdefault(name, [])
                rates.append(rate(ports, [make() for _ in range(CALLERS)], SECONDS))
    middle = {name: statistics.median(rates) for name, rates in found.items()}
    report(backend, middle)
    inbound.measure(backend, settings, world.numbers, SECONDS)
    sending.measure(backend, settings)


def figures(
    links: Iterator[str], numbers: Parts, served: tuple[Ports, Ports], env: dict[str, str]
) -> list[tuple[str, Ports, Callable[[], Plan]]]:
    """What is measured, where, and how each caller gets its plan."""
    ours, bare = served
    settings = config.from_environment(env)

    def some(count: int) -> list[str]:
        return [next(links) for _ in range(count)]

    return [
        ("hello", bare, lambda: plans.hello),
        ("question page", ours, lambda: plans.page(some(1))),
        ("committed insert", bare, lambda: plans.insert),
        ("answer saved", ours, lambda: plans.answers(some(LINKS_EACH))),
        ("inbound text", ours, lambda: plans.Texts(next(numbers), settings)),
    ]


def shares(world: World, parts: int) -> Parts:
    """The numbers, dealt out to every caller of every round."""
    return (world.numbers[part::parts] for part in range(parts))


def report(backend: str, middle: dict[str, float]) -> None:
    """Each figure beside what it is held against."""
    hello, insert = middle["hello"], middle["committed insert"]
    figure(f"hello, {backend}", hello, "requests/s", hello)
    figure(f"committed insert, {backend}", insert, "requests/s", insert)
    figure(f"question page, {backend}", middle["question page"], "requests/s", hello)
    figure(f"answer saved, {backend}", middle["answer saved"], "requests/s", insert)
    figure(f"inbound text, {backend}", middle["inbound text"], "requests/s", insert)


def first_page_weight(backend: str, port: int, token: str) -> None:
    """What a phone loads for the first page; the same on every database, so said once."""
    if backend == "sqlite":
        size = first_page(Caller(port), f"/r/{token}")
        figure("first page, compressed, with all it loads", size, "bytes", PAGE_BUDGET)


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """An empty database of each kind."""
    with (
        tempfile.TemporaryDirectory(prefix="consult-bench-") as folder,
        postgres.running_postgres(os.environ.get("TEST_DATABASE_URL")) as url,
    ):
        yield [("sqlite", f"sqlite:///{folder}/bench.db"), ("postgresql", url)]


def main() -> None:
    """Measure the words, then both databases."""
    words.measure()
    sealing.use(sealing.KeyRing(config.from_environment(environment("sqlite://")).keys))
    language.load()
    with databases() as both:
        for backend, url in both:
            measure(backend, url)


if __name__ == "__main__":
    main()
