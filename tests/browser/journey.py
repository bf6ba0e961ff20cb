"""Ways through a consultation in a real browser, and what is held on every page of it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

DONE = "/answer/thanks"
TABS = 60
"""More presses of Tab than any page has stops."""
NAMED = {
    *("button", "link", "textbox", "radio", "checkbox", "combobox", "slider", "spinbutton"),
    *("radiogroup", "Date", "RootWebArea", "navigation"),
}
FOCUS = """() => {
  const e = document.activeElement, form = e.closest('form'), style = getComputedStyle(e);
  return {tag: e.tagName, type: e.type || '', cls: e.className, name: e.name || '',
    inside: !!(form && e.closest('main')), exit: !!e.closest('[data-exit]'),
    checked: !!e.checked, seen: style.outlineStyle !== 'none' && style.outlineWidth !== '0px'}; }"""


def spoken(page: Page) -> list[tuple[str, str, str]]:
    """What a screen reader is told, in its order: role, name, heading level."""
    line = page.context.new_cdp_session(page)
    nodes = line.send("Accessibility.getFullAXTree")["nodes"]
    line.detach()
    return [
        (_value(node, "role"), _value(node, "name"), _level(node))
        for node in nodes
        if not node["ignored"]
    ]


def _value(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", "")).strip()


def _level(node: dict[str, Any]) -> str:
    found = [one["value"]["value"] for one in node.get("properties", []) if one["name"] == "level"]
    return str(found[0]) if found else ""


def holds(page: Page, tag: str) -> None:
    """Everything is named, one heading leads, nothing runs out sideways, the language is said."""
    told = spoken(page)
    nameless = [role for role, name, _ in told if role in NAMED and not name]
    assert nameless == [], f"{page.url}: nothing is said of {nameless}"
    groups = [name for role, name, _ in told if role == "group"]
    assert groups.count("") <= page.locator("details").count(), page.url  # a summary names them
    heads = [name for role, name, level in told if role == "heading" and level == "1"]
    assert len(heads) == 1, f"{page.url}: {heads}"
    assert heads[0], page.url
    assert [role for role, _, _ in told].count("main") == 1, page.url
    assert page.get_attribute("html", "lang") == tag
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def swapped(page: Page, act: Callable[[], None]) -> None:
    """Do something that brings another page, and wait until it stands."""
    main = page.evaluate_handle("document.getElementById('main')")
    act()
    page.wait_for_function(
        "main => { const now = document.getElementById('main'); return now && now !== main; }",
        arg=main,
    )
    page.wait_for_function("() => document.readyState === 'complete'")


def press_to(page: Page, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Press Tab until what has the focus is wanted; every stop on the way must be seen."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["seen"] or at["tag"] == "BODY", f"{page.url}: no ring around {at}"
        if wanted(at):
            return at
    raise AssertionError(f"{page.url}: the keyboard does not reach what is wanted")
