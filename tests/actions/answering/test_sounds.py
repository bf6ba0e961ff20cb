"""Sounds are known by their bytes; a phone's notes about them go."""

import pytest

from consult_app.actions.answering import sounds
from tests.actions.answering.picture_files import SECRET, mp4

WEBM = b"\x1a\x45\xdf\xa3 webm A_OPUS"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"OggS\0", "audio/ogg"),
        (WEBM, "audio/webm"),
        (mp4(), "audio/mp4"),
    ],
)
def test_each_kind_is_known(data: bytes, kind: str) -> None:
    assert sounds.media_type(data) == kind


def test_an_mp4_loses_its_notes_and_keeps_its_length() -> None:
    kind, bare = sounds.bare(mp4())
    assert kind == "audio/mp4"
    assert SECRET not in bare
    assert b"here" in bare
    assert len(bare) == len(mp4())
    assert mp4().count(SECRET) == 4


def test_an_mp3_loses_its_tag() -> None:
    tag = b"ID3\x04\0\0" + bytes((0, 0, 0, len(SECRET))) + SECRET
    assert sounds.bare(tag + b"\xff\xfb\x90\x00") == ("audio/mpeg", b"\xff\xfb\x90\x00")


@pytest.mark.parametrize(
    "data", [b"", b"MZ", b"\x89PNG", b"RIFF\0\0\0\0AVI ", mp4(b"vide"), WEBM + b"V_VP8", mp4()[:60]]
)
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(sounds.NotASound):
        sounds.bare(data)
