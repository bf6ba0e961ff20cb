"""The authority's own colour and logo, checked for being readable and small."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

READABLE = 4.5
"""WCAG 2.2, 1.4.3: the least contrast between words and what they stand on."""
LIGHT, DARK = ("#fbf5e9", "#fffdf8"), ("#1e1a17", "#2a2521")
"""Paper and card by day and by night, as the stylesheet has them."""
WHITE, NIGHT = "#ffffff", "#1e1a17"
HEX = re.compile(r"#[0-9a-f]{6}")
TINT, STEP = 0.14, 0.05
LARGEST_LOGO = 2048
"""A logo travels with every page: more would break what a first page may weigh."""
STARTS = {".svg": (b"<svg", b"<?xml"), ".png": (b"\x89PNG\r\n\x1a\n",)}
TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


class Unfit(ValueError):
    """A colour that cannot be read or a logo that cannot be shown; the message says why."""


@dataclass(frozen=True)
class Colours:
    """One colour as it stands by day and by night."""

    light: str
    dark: str

    @property
    def style(self) -> str:
        """The stylesheet's tokens in these colours."""
        day = _tokens(self.light, WHITE, LIGHT[0])
        night = _tokens(self.dark, NIGHT, DARK[0])
        return f"{day}@media (prefers-color-scheme:dark){{{night}}}"


def _tokens(main: str, on_main: str, paper: str) -> str:
    tint = mixed(paper, main, TINT)
    return f":root{{--main:{main};--on-main:{on_main};--tint:{tint}}}"


def colours(text: str) -> Colours:
    """`#0b6b60`, or by day and by night `#0b6b60,#7fd6c2`. Unfit when it cannot be read.

    A colour given alone is made lighter for the night until it can be read there.
    """
    parts = [part.strip().lower() for part in text.split(",")]
    if len(parts) > 2 or not all(HEX.fullmatch(part) for part in parts):
        raise Unfit(f"{text!r} is no colour: write it like #0b6b60, or #0b6b60,#7fd6c2")
    chosen = Colours(parts[0], parts[1] if parts[1:] else _for_night(parts[0]))
    for name, colour, papers in (("light", chosen.light, LIGHT), ("dark", chosen.dark, DARK)):
        found = min(contrast(colour, paper) for paper in papers)
        if found < READABLE:
            raise Unfit(
                f"{colour} has a contrast of {found:.1f} on the {name} page:"
                f" {READABLE} is needed to read it"
            )
    return chosen


def _for_night(colour: str) -> str:
    share = 0.0
    while min(contrast(mixed(colour, WHITE, share), paper) for paper in DARK) < READABLE + 1:
        share += STEP
    return mixed(colour, WHITE, share)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of the other colour in the one."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def logo(path: str) -> str:
    """The picture in the file as an address that a page carries itself. Unfit if it is none."""
    file = Path(path)
    kind = file.suffix.lower()
    if kind not in TYPES or not file.is_file():
        raise Unfit(f"{path!r} is no .svg or .png file that can be read")
    content = file.read_bytes()
    if not content.lstrip().startswith(STARTS[kind]):
        raise Unfit(f"{path!r} does not hold what its name says")
    if len(content) > LARGEST_LOGO:
        raise Unfit(f"{path!r} has {len(content)} bytes: at most {LARGEST_LOGO}")
    return f"data:{TYPES[kind]};base64,{base64.b64encode(content).decode()}"
