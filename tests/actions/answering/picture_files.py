"""Small pictures and sounds, made byte by byte, with notes in every place that can hold one."""

import struct
import zlib

SECRET = b"51.5074N 0.1278W taken by Somebody"
"""What must not be kept: where a photo was taken, and by whom."""


def chunk(name: bytes, body: bytes) -> bytes:
    """A part of a PNG."""
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def png(width: int = 2, height: int = 2, *, notes: bool = True) -> bytes:
    """A red PNG."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0\xc6\x28\x28\xc6\x28\x28" * 2)
    beside = chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"eXIf", SECRET) if notes else b""
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + beside + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"") + (SECRET if notes else b"")
    )  # fmt: skip


def segment(mark: int, body: bytes) -> bytes:
    """A part of a JPEG."""
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def exif(turned: int) -> bytes:
    """A camera's notes: how it was held, and much that is nobody's business."""
    many = struct.pack("<2sHIH", b"II", 42, 8, 2)
    held = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    where = struct.pack("<HHII", 0x010E, 2, len(SECRET), 38)
    return b"Exif\0\0" + many + held + where + b"\0\0\0\0" + SECRET


SCAN = b"\x12\xff\x00\x34\xff\xd0\x56"
JFIF = segment(0xE0, b"JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00")
TABLE = segment(0xDB, bytes(65))


def jpeg(turned: int = 1) -> bytes:
    """A JPEG in two scans with notes of every kind: they need only be kept apart, not drawn."""
    start = segment(0xDA, bytes(6)) + SCAN
    notes = (
        JFIF + segment(0xE1, exif(turned)) + segment(0xE1, b"http://ns.adobe.com/xap/" + SECRET)
        + segment(0xED, SECRET) + segment(0xEE, SECRET) + segment(0xFE, SECRET)
    )  # fmt: skip
    return (
        b"\xff\xd8"
        + notes
        + TABLE
        + start
        + segment(0xC4, bytes(20))
        + start
        + b"\xff\xd9"
        + SECRET
    )


def box(name: bytes, body: bytes) -> bytes:
    """A part of an MP4."""
    return struct.pack(">I4s", len(body) + 8, name) + body


def mp4(handler: bytes = b"soun") -> bytes:
    """An MP4 sound with notes at every level."""
    track = box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(12)) + box(b"meta", SECRET))
    movie = box(b"moov", box(b"trak", track + box(b"udta", SECRET)) + box(b"udta", SECRET))
    sound = struct.pack(">I4sQ", 1, b"mdat", 20) + b"here"
    return box(b"ftyp", b"M4A \0\0\0\0") + sound + movie + box(b"uuid", SECRET)
