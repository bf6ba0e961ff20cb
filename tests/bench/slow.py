"""A phone on a bad line: bytes, requests and waiting, as Chromium sees them.

300 ms before every answer, 400 kbit/s, a processor slowed four times. The floor is the same
question page in one answer, measured in the same run.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests import chromium
from tests.bench.figure import figure
from tests.bench.server import serving

PHONE = {"width": 360, "height": 740}
SPEED = 400_000 / 8
CONDITIONS: Mapping[str, dict] = {
    "Network.enable": {},
    "Network.emulateNetworkConditions": {
        "offline": False,
        "latency": 300,
        "downloadThroughput": SPEED,
        "uploadThroughput": SPEED,
    },
    "Emulation.setCPUThrottlingRate": {"rate": 4},
}
STEPS, ANSWERS = 3, 3
"""Taps from the door to the first question; answers that are tapped after it."""
DEED, CARD = "form.deed button.main", "form#q button.card"
PAINT = "first-contentful-paint"
TAP = """selector => new Promise(done => {
  const from = performance.now(), main = document.getElementById("main");
  const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
  new MutationObserver((_, watch) => {
    if (document.getElementById("main") !== main) { watch.disconnect(); painted(); }
  }).observe(document.documentElement, {childList: true, subtree: true});
  document.querySelector(selector).click();
})"""
"""Tap, and say after how many ms the page that came stands on the screen and can be tapped."""
PAINTED = f"() => performance.getEntriesByName('{PAINT}')[0].startTime"
INLINE = """async () => {
  const sheet = document.querySelector('link[rel=stylesheet]'), style = document.createElement('style');
  style.textContent = await (await fetch(sheet.href)).text();
  sheet.replaceWith(style);
  document.querySelectorAll('[nonce]').forEach(one => one.removeAttribute('nonce'));
  return '<!doctype html>' + document.documentElement.outerHTML; }"""


@dataclass
class Waits:
    """Milliseconds of waiting on one way through, and what the first question weighed."""

    door: float
    steps: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    size: int = 0
    requests: int = 0


@dataclass
class Line:
    """The bad line, and what has come over it."""

    cdp: CDPSession
    size: int = 0
    requests: int = 0

    def __post_init__(self) -> None:
        self.cdp.on("Network.requestWillBeSent", self._asked)
        self.cdp.on("Network.loadingFinished", self._came)
        for command, values in CONDITIONS.items():
            self.cdp.send(command, values)

    def _asked(self, event: dict) -> None:
        by_script = event["initiator"]["type"] == "script"  # when the page stands, for later
        self.requests += event["request"]["url"].startswith("http") and not by_script

    def _came(self, event: dict) -> None:
        self.size += int(event["encodedDataLength"])

    def weigh(self, page: Page, address: str) -> tuple[int, int]:
        """Bytes and requests of a page with nothing kept from before."""
        self.cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.size = self.requests = 0
        page.goto(address, wait_until="load")
        self.cdp.send("Network.setCacheDisabled", {"cacheDisabled": False})
        return self.size, self.requests


@contextmanager
def slow_phone(browser: Browser) -> Iterator[tuple[Page, Line]]:
    """A page with nothing kept, on the bad line."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-GB")
    page = context.new_page()
    yield page, Line(context.new_cdp_session(page))
    context.close()


def walk(browser: Browser, link: str) -> Waits:
    """From the link to the first question, then some answers by tapping."""
    with slow_phone(browser) as (page, line):
        waits = Waits(_opened(page, f"{link}?l=en-GB"))
        waits.steps = [page.evaluate(TAP, DEED) for _ in range(STEPS)]
        waits.size, waits.requests = line.weigh(page, page.url)
        waits.answers = [page.evaluate(TAP, CARD) for _ in range(ANSWERS)]
    return waits


def floor_page(browser: Browser, link: str) -> str:
    """The first question with all it loads written into it."""
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{link}?l=en-GB")
    for _ in range(STEPS):
        page.evaluate(TAP, DEED)
    html = page.evaluate(INLINE)
    context.close()
    return html


def floor(browser: Browser, address: str) -> Waits:
    """The waiting for the same page where nothing is behind it."""
    with slow_phone(browser) as (page, line):
        waits = Waits(_opened(page, address))
        waits.answers = [page.evaluate(TAP, CARD) for _ in range(ANSWERS)]
        waits.size, waits.requests = line.weigh(page, address)
    return waits


def _opened(page: Page, address: str) -> float:
    """Milliseconds until a page that was asked for by its address can be read and tapped."""
    page.goto(address, wait_until="load")
    page.wait_for_function(f"() => performance.getEntriesByName('{PAINT}').length")
    return page.evaluate(PAINTED)


def measure(settings: Mapping[str, str], links: Sequence[str]) -> None:
    """Print every figure; `links` holds one more than there are rounds."""
    with (
        tempfile.TemporaryDirectory(prefix="consult-floor-") as folder,
        sync_playwright() as playwright,
        serving("wsgi:app", settings) as ours,
    ):
        flags = list(chromium.FLAGS)
        browser = playwright.chromium.launch(executable_path=chromium.get(), args=flags)
        addresses = [f"http://127.0.0.1:{ours[0]}/r/{link}" for link in links]
        file = Path(folder, "floor.html")
        file.write_text(floor_page(browser, addresses.pop()), encoding="utf-8")
        with serving("tests.bench.floor:app", {"FLOOR_PAGE": str(file)}) as bare:
            under = [floor(browser, f"http://127.0.0.1:{bare[0]}/") for _ in addresses]
            report([walk(browser, address) for address in addresses], under)
        browser.close()


def report(ours: list[Waits], under: list[Waits]) -> None:
    """The middle of every figure, beside the floor's."""
    least, bare = median(one.door for one in under), under[0]
    again = median(ms for one in under for ms in one.answers)
    figure("first question: bytes with all it loads", ours[0].size, "bytes", bare.size)
    figure("first question: requests", ours[0].requests, "requests", bare.requests)
    figure("slow phone: link tapped to the door", median(one.door for one in ours), "ms", least)
    first = median(one.steps[-1] for one in ours)
    figure("slow phone: tapped to the first question", first, "ms", least)
    whole = median(one.door + sum(one.steps) for one in ours)
    figure("slow phone: all waiting from the link to the first question", whole, "ms", least)
    each = sorted(ms for one in ours for ms in one.answers)
    figure("slow phone: each further answer, median", median(each), "ms", again)
    figure("slow phone: each further answer, slowest", each[-1], "ms", again)
