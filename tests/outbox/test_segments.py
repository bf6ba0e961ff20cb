"""Sizes of texts, against cases worked out from GSM 03.38 and 3GPP 23.040."""

import pytest

from consult_app.outbox.segments import Encoding, measure

CASES = [
    ("", Encoding.GSM7, 0, 1),
    ("a" * 160, Encoding.GSM7, 160, 1),
    ("a" * 161, Encoding.GSM7, 161, 2),
    ("a" * 306, Encoding.GSM7, 306, 2),
    ("a" * 307, Encoding.GSM7, 307, 3),
    ("€" * 80, Encoding.GSM7, 160, 1),
    ("€" * 81, Encoding.GSM7, 162, 2),
    # 76 pairs fill 152 of 153: the 77th goes whole into the next part.
    ("€" * 152, Encoding.GSM7, 304, 2),
    ("€" * 153, Encoding.GSM7, 306, 3),
    ("ለ" * 70, Encoding.UCS2, 70, 1),
    ("ለ" * 71, Encoding.UCS2, 71, 2),
    ("ا" * 134, Encoding.UCS2, 134, 2),
    ("ا" * 135, Encoding.UCS2, 135, 3),
    ("it’s", Encoding.UCS2, 4, 1),
    ("ç", Encoding.UCS2, 1, 1),
    ("Ç", Encoding.GSM7, 1, 1),
    ("🙂" * 35, Encoding.UCS2, 70, 1),
    # 33 emoji fill 66 of 67: none is split.
    ("🙂" * 66, Encoding.UCS2, 132, 2),
    ("🙂" * 67, Encoding.UCS2, 134, 3),
    ("\n\r@£", Encoding.GSM7, 4, 1),
]


@pytest.mark.parametrize(("text", "encoding", "units", "segments"), CASES)
def test_size(text: str, encoding: Encoding, units: int, segments: int) -> None:
    size = measure(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


def test_the_basic_alphabet_has_its_128_places() -> None:
    from consult_app.outbox.segments import BASIC, EXTENDED

    # 128 places, one of them the escape to the extension table.
    assert len(BASIC) == 127
    assert len(EXTENDED) == 10
