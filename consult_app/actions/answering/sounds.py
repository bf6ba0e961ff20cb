"""Sounds as phones and recorders send them: known by their first bytes, without what they tell."""

import re
import struct

WEBM, OGG = b"\x1a\x45\xdf\xa3", b"OggS"
NOTES = frozenset({b"udta", b"meta", b"uuid"})
"""Boxes of an MP4 file that say where, when, with what and by whom."""
INSIDE = frozenset({b"moov", b"trak", b"mdia"})
MOVING_WEBM = (b"V_VP", b"V_AV1", b"V_MPEG")
MOVING_MP4 = re.compile(rb"hdlr.{8}vide", re.DOTALL)
MP3_FRAME = re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")
ID3_HEADER = 10


class NotASound(Exception):
    """The bytes are not a sound of a kind that is taken."""


def media_type(data: bytes) -> str:
    """What the first bytes say it is. NotASound when it is none that browsers play."""
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav"
    if MP3_FRAME.match(data):
        return "audio/mpeg"
    if data.startswith(OGG):
        return "audio/ogg"
    if data.startswith(WEBM) and not any(mark in data[:4096] for mark in MOVING_WEBM):
        return "audio/webm"
    if data[4:8] == b"ftyp" and not MOVING_MP4.search(data):
        return "audio/mp4"
    raise NotASound("neither WAV, MP3, OGG, WebM nor MP4 sound")


def bare(data: bytes) -> tuple[str, bytes]:
    """The media type and the sound without a phone's notes about it."""
    kind = media_type(data)
    if kind == "audio/mpeg" and data.startswith(b"ID3"):
        return kind, data[ID3_HEADER + _written_in_sevens(data[6:ID3_HEADER]) :]
    if kind != "audio/mp4":
        return kind, data
    plain = bytearray(data)
    _blank(plain, 0, len(plain))
    return kind, bytes(plain)


def _written_in_sevens(sign: bytes) -> int:
    """A length whose bytes hold seven bits each."""
    length = 0
    for byte in sign:
        length = length << 7 | byte
    return length


def _blank(data: bytearray, at: int, end: int) -> None:
    """Empty every box of notes between `at` and `end`, its room kept so that nothing moves."""
    while at + 8 <= end:
        length, name, head = _box(data, at, end)
        if length < head or at + length > end:
            raise NotASound("the sound breaks off")
        if name in NOTES:
            data[at + 4 : at + 8] = b"free"
            data[at + head : at + length] = bytes(length - head)
        elif name in INSIDE:
            _blank(data, at + head, at + length)
        at += length


def _box(data: bytearray, at: int, end: int) -> tuple[int, bytes, int]:
    """A box's whole length, its name, and how long its own head is."""
    length, name = struct.unpack_from(">I4s", data, at)
    if length == 1 and at + 16 <= end:
        return struct.unpack_from(">Q", data, at + 8)[0], name, 16
    return length or end - at, name, 8
