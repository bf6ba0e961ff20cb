"""Pictures as phones send them: known by their first bytes, kept without what they tell beside.

Where and when a photo was taken, with which phone and by whom stands in parts of the file that
no picture needs; only the parts that draw it are kept, and which way up it is.
"""

import struct
from collections.abc import Iterator

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
MOST_PIXELS = 60_000_000
"""A small file can claim a huge picture; no phone takes more than this."""
START_OF_SCAN, END, APP0, APP1, APP15, COMMENT = 0xDA, 0xD9, 0xE0, 0xE1, 0xEF, 0xFE
RESTARTS = range(0xD0, 0xD8)
ORIENTATION = 0x0112


class NotAPicture(Exception):
    """The bytes are not a whole picture of a kind that is taken."""


def bare(data: bytes) -> tuple[str, bytes]:
    """The media type and the picture with nothing beside it. NotAPicture when it is none."""
    try:
        if data.startswith(PNG):
            return "image/png", PNG + b"".join(_png(data))
        if data.startswith(JPEG):
            return "image/jpeg", JPEG + b"".join(_jpeg(data))
    except (struct.error, IndexError):
        raise NotAPicture("the picture breaks off") from None
    raise NotAPicture("neither PNG nor JPEG")


def _png(data: bytes) -> Iterator[bytes]:
    """The chunks that draw the picture, up to its end."""
    at = len(PNG)
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        whole = data[at : at + 12 + length]
        if len(whole) < 12 + length:
            raise NotAPicture("the picture breaks off")
        if name == b"IHDR" and _pixels(whole) > MOST_PIXELS:
            raise NotAPicture("the picture is too wide and high")
        if name in PNG_KEPT:
            yield whole
        if name == b"IEND":
            return
        at += 12 + length


def _pixels(header: bytes) -> int:
    width, height = struct.unpack_from(">II", header, 8)
    return int(width) * int(height)


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The segments that draw the picture, up to its end."""
    at = len(JPEG)
    while data[at + 1] != END:
        if data[at : at + 2] == b"\xff\xff":
            at += 1
            continue
        mark, length = struct.unpack_from(">xBH", data, at)
        if data[at] != 0xFF or at + 2 + length > len(data):
            raise NotAPicture("the picture breaks off")
        segment = data[at : at + 2 + length]
        yield _kept(mark, segment)
        at += 2 + length
        if mark == START_OF_SCAN:
            scan = _end_of_scan(data, at)
            yield data[at:scan]
            at = scan
    yield bytes((0xFF, END))


def _kept(mark: int, segment: bytes) -> bytes:
    """A segment as it is kept: JFIF's own, what draws, and of the camera's notes what is up."""
    if mark == APP0 and segment[4:9] == b"JFIF\0":
        return segment[:18] if len(segment) == 18 else b""
    if mark == APP1 and segment[4:10] == b"Exif\0\0":
        return _upright(_turned(segment[10:]))
    return b"" if APP0 <= mark <= APP15 or mark == COMMENT else segment


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next segment begins after the coded picture."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPicture("the picture breaks off")
        if data[at + 1] != 0 and data[at + 1] not in RESTARTS:
            return at
        at += 2


def _turned(notes: bytes) -> int:
    """How the camera was held, 1 to 8, from its notes; 1 (upright) when they do not say."""
    order = {b"II": "<", b"MM": ">"}.get(notes[:2], "")
    if not order:
        return 1
    (at,) = struct.unpack_from(order + "I", notes, 4)
    (count,) = struct.unpack_from(order + "H", notes, at)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, _kind, _many, value = struct.unpack_from(order + "HHIH", notes, place)
        if tag == ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def _upright(turned: int) -> bytes:
    """Camera's notes that say only how it was held."""
    if turned == 1:
        return b""
    notes = b"Exif\0\0" + struct.pack(
        ">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, turned, 0, 0
    )
    return struct.pack(">BBH", 0xFF, APP1, len(notes) + 2) + notes
