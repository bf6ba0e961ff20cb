"""What every language costs: time and memory at start, and how fast words are found after."""

import json
import subprocess
import sys

from tests.bench.figure import figure

MOST_MILLISECONDS, MOST_MEGABYTES, LEAST_LOOKUPS = 150.0, 40.0, 100_000.0
"""What all languages together may cost; what they do cost is told beside it."""
START = """
import json, time
from pathlib import Path
from consult_app import language
from consult_app.languages import catalogue

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

before, began = held(), time.perf_counter()
language.load()
loaded, memory = time.perf_counter() - began, held() - before
began = time.perf_counter()
catalogue.compiled(language.FOLDER)
compiled = time.perf_counter() - began
tags = [one.tag for one in language.every()]
keys = [key for key in language.keys("en-GB") if key.startswith("pages.")]
began, count = time.perf_counter(), 0
while time.perf_counter() - began < 0.5:
    for tag in tags:
        for key in keys:
            language.words(key, tag)
    count += len(tags) * len(keys)
plain = count / (time.perf_counter() - began)
began, count = time.perf_counter(), 0
while time.perf_counter() - began < 0.5:
    for tag in tags:
        language.words("texts.invite.child", tag, iro="Sol", day="12", link="x")
    count += len(tags)
filled = count / (time.perf_counter() - began)
print(json.dumps([loaded * 1000, memory, compiled * 1000, plain, filled]))
"""


def measure() -> None:
    """Five figures, from a process that has read nothing yet; the second one is compiled."""
    found = [start(), start()][-1]
    loaded, memory, compiled, plain, filled = found
    figure("all languages loaded", loaded, "ms", MOST_MILLISECONDS)
    figure("all languages in memory", memory, "MB", MOST_MEGABYTES)
    figure("all languages compiled from YAML, once", compiled, "ms", MOST_MILLISECONDS)
    figure("words found", plain, "look-ups/s", LEAST_LOOKUPS)
    figure("words found and filled", filled, "look-ups/s", LEAST_LOOKUPS)


def start() -> list[float]:
    """One fresh process: what loading took, what it holds, what compiling takes, look-ups."""
    run = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    measured: list[float] = json.loads(run.stdout)
    return measured
