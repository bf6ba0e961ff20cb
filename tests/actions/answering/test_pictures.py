"""Pictures are known by their bytes, and nothing of where, when and by whom is kept."""

import pytest

from consult_app.actions.answering import pictures
from tests.actions.answering.picture_files import (
    JFIF,
    SCAN,
    SECRET,
    TABLE,
    chunk,
    jpeg,
    png,
    segment,
)


def test_of_a_png_only_what_draws_it_is_kept() -> None:
    assert pictures.bare(png()) == ("image/png", png(notes=False))


def test_of_a_jpeg_only_what_draws_it_is_kept() -> None:
    kind, bare = pictures.bare(jpeg())
    start = segment(0xDA, bytes(6)) + SCAN
    whole = b"\xff\xd8" + JFIF + TABLE + start + segment(0xC4, bytes(20)) + start + b"\xff\xd9"
    assert kind == "image/jpeg"
    assert bare == whole
    assert SECRET in jpeg()


@pytest.mark.parametrize("turned", range(2, 9))
def test_a_photo_taken_sideways_stays_the_right_way_up(turned: int) -> None:
    _, bare = pictures.bare(jpeg(turned))
    assert SECRET not in bare
    assert bare.count(b"Exif") == 1
    assert bytes((0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned)) in bare
    assert pictures.bare(bare) == ("image/jpeg", bare)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        png()[:40],
        jpeg()[:100],
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9"[:3],
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0\1\0\0\0\1\0\0\x08\2\0\0\0"),
    ],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(pictures.NotAPicture):
        pictures.bare(data)


def test_every_cut_of_a_picture_is_refused_in_words() -> None:
    for whole in (png(notes=False), jpeg().removesuffix(SECRET)):
        for length in range(len(whole)):
            with pytest.raises(pictures.NotAPicture):
                pictures.bare(whole[:length])
