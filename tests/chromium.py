"""Finds a Chromium for the browser tests, or gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
NONE = (
    "no Chromium found: install chromium or Google Chrome, or name one in CHROME, "
    "or let `playwright install chromium` reach the network"
)


def find() -> str | None:
    """The path of an installed browser: CHROME first, then the usual names. None when there is none."""
    named = [os.environ.get("CHROME", ""), *(shutil.which(name) or "" for name in NAMES), MAC]
    return (
        next((path for path in named if path and Path(path).exists()), None) or _playwrights_own()
    )


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # starts a driver process

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def get() -> str:
    """The path of a browser, installed now if need be. RuntimeError says what to do when it fails."""
    found = find()
    if found is None:
        _install()
        found = find()
    if found is None:
        raise RuntimeError(NONE)
    return found


def _install() -> None:
    """Playwright's own download, else the system's package when we may install it."""
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if _playwrights_own() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    _run("apt-get", "update", "-qq")
    _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")


def _run(*command: str) -> None:
    subprocess.run(command, check=False, timeout=600, stdout=sys.stderr)


if __name__ == "__main__":
    print(get())
