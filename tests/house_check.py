"""The house check: what every page must have, whoever wrote it. `check_page(html, respondent=True)`."""

import gzip
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

RESPONDENT_BYTES = 14 * 1024
STAFF_BYTES = 200 * 1024
EVERYTHING, EVERYTHING_BYTES = 'action="/answer/page"', 20 * 1024
"""Who asks for all questions on one page gets a heavier one, once."""
UNNAMED_INPUTS = {"hidden", "submit", "button", "reset", "image"}
CONTROLS = {"input", "select", "textarea"}
SILENT = {"script", "style"}
NAMESPACES = r"(?:questions|options|pages|later|public|texts|replies|staff(?:_[a-z]+)?)"
RAW_KEY = re.compile(rf"\b{NAMESPACES}(?:\.[a-z0-9_]+){{2,}}\b")
PLACEHOLDER = re.compile(r"%\{\w+\}")
EXIT = re.compile(r"exit|leave", re.IGNORECASE)


@dataclass
class Page(HTMLParser):
    """One page, read for what the check asks."""

    lang: str | None = None
    dir: str | None = None
    title: str = ""
    text: str = ""
    h1: int = 0
    exits: int = 0
    ids: Counter[str] = field(default_factory=Counter)
    labelled: set[str] = field(default_factory=set)
    controls: list[dict[str, str]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count and remember what an opening tag says."""
        has = {name: value or "" for name, value in attrs}
        self.inline += [f"<{tag} {name}>" for name in has if name == "style" or name[:2] == "on"]
        if "id" in has:
            self.ids[has["id"]] += 1
        if tag == "html":
            self.lang, self.dir = has.get("lang"), has.get("dir")
        self._count(tag, has)
        if tag in SILENT | {"title", "label"}:
            self.inside.append(tag)

    def _count(self, tag: str, has: dict[str, str]) -> None:
        self.h1 += tag == "h1"
        if tag == "label" and "for" in has:
            self.labelled.add(has["for"])
        if tag in CONTROLS and has.get("type") not in UNNAMED_INPUTS:
            self.controls.append(has | {"wrapped": "yes" if "label" in self.inside else ""})
        where = " ".join(has.get(n, "") for n in ("id", "class", "href", "action", "formaction"))
        self.exits += tag in ("a", "form", "button") and (
            "data-exit" in has or bool(EXIT.search(where))
        )

    def handle_endtag(self, tag: str) -> None:
        """Leave a title, label, script or style."""
        if tag in self.inside:
            self.inside.reverse()
            self.inside.remove(tag)
            self.inside.reverse()

    def handle_data(self, data: str) -> None:
        """Keep what people read."""
        if "title" in self.inside:
            self.title += data
        if not SILENT & set(self.inside):
            self.text += data + "\n"


def read(html: str) -> Page:
    """`html` read into a Page."""
    page = Page()
    page.feed(html)
    page.close()
    return page


def faults(html: str, *, respondent: bool) -> list[str]:
    """What is wrong with a page, each fault in words; empty when nothing is."""
    page = read(html)
    named = page.labelled
    checks = [
        (page.h1 != 1, f"{page.h1} h1 instead of one"),
        (not page.title.strip(), "no title"),
        (not page.lang, "no lang on html"),
        (page.dir not in ("ltr", "rtl"), f"dir on html is {page.dir!r}"),
        (respondent and not page.exits, "no exit control"),
    ]
    found = [words for wrong, words in checks if wrong]
    found += [f"id {name!r} {times} times" for name, times in page.ids.items() if times > 1]
    found += [f"no label for {c.get('name')!r}" for c in page.controls if not _labelled(c, named)]
    found += [f"inline style or handler on {tag}" for tag in page.inline]
    found += [f"untranslated {key!r}" for key in RAW_KEY.findall(page.text)]
    found += [f"unfilled {key!r}" for key in PLACEHOLDER.findall(page.text)]
    found += ["a fallback mark ⟦"] if "⟦" in html else []
    limit = _limit(html, respondent=respondent)
    weight = len(gzip.compress(html.encode()))
    return found + ([f"{weight} bytes compressed, over {limit}"] if weight > limit else [])


def _limit(html: str, *, respondent: bool) -> int:
    if EVERYTHING in html:
        return EVERYTHING_BYTES
    return RESPONDENT_BYTES if respondent else STAFF_BYTES


def _labelled(control: dict[str, str], named: set[str]) -> bool:
    return (
        control["wrapped"] == "yes"
        or control.get("id") in named
        or bool(control.get("aria-label") or control.get("aria-labelledby"))
    )


def check_page(html: str, *, respondent: bool) -> None:
    """AssertionError naming every fault of the page."""
    found = faults(html, respondent=respondent)
    assert not found, "the page breaks the house rules: " + "; ".join(found)
