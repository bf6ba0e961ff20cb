"""What one cell may say, and what it may not."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.records import spoken, values


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026", "3/4/2026", "03-04-2026", "03.04.2026", "2026-04-03", "2026-04-03 00:00:00",
        "2026-04-03T14:30:00Z", "03/04/2026 14:30", "2026-04-03 14:30:00.000", "46115",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert values.day(text) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "04/2026", "3/4/26", "2026-13-01", "soon", "1/1/0001", "123456"]
)
def test_what_is_no_date(text: str) -> None:
    assert values.day(text) is None


@given(st.dates(values.EARLIEST, values.LATEST))
def test_every_day_is_read_back_in_both_ways(day: date) -> None:
    assert values.day(day.strftime("%d/%m/%Y").zfill(10)) == values.day(day.isoformat()) == day


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(text: str) -> None:
    values.day(text), values.hour(text), values.code(text), spoken.tag(text)
    with suppress(values.NotMobile):
        assert values.mobile(text).startswith("+")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("2:30 PM", time(14, 30)),
        ("12:05am", time(0, 5)),
        ("14:30:00", time(14, 30)),
        ("2026-04-03T09:00:00", time(9)),
        ("25:00", None),
        ("after school", None),
    ],
)
def test_times(text: str, read: time | None) -> None:
    assert values.hour(text) == read


DESCRIBED = [
    ("PN0", "Child aged under 4 at the time of the review"),
    ("PN1", "Child physically attends and speaks for him or herself (Attendance)"),
    ("PN1", "Child attends and speaks for self"),
    ("PN1", "Attendance"),
    ("PN2", "Child physically attends and an advocate speaks on his or her behalf"),
    ("PN2", "Attendance via advocate"),
    ("PN3", "Child attends and conveys his or her view symbolically (non-verbally)"),
    ("PN4", ("Child physically attends but does not speak for him or herself, does not convey "
             "a view symbolically (non-verbally) and does not ask an advocate to speak")),
    ("PN4", "Attendance without contribution"),
    ("PN5", "Child does not attend physically but briefs an advocate to speak for him or her"),
    ("PN5", "Views represented by advocate or facilitator"),
    ("PN6", "Child does not attend but conveys his or her feelings by a facilitative medium"),
    ("PN6", "Text sent to review"),
    ("PN7", "Child does not attend nor are his or her views conveyed to the review"),
    ("PN7", "does not attend and views not conveyed"),
    ("PN1", "PN1"), ("PN1", "pn1 - Attendance"), ("PN7", "PN 7"), ("PN5", "PN5: whatever follows"),
    (None, "PN8"), (None, "PN12"), (None, "1"), (None, "yes"), (None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), DESCRIBED)
def test_participation(code: str | None, text: str) -> None:
    assert values.code(text) == code


@pytest.mark.parametrize(
    "text",
    ["07700 900123", "+44 7700 900123", "0044 7700 900123", "+44 (0)7700 900123", "7700900123",
     "(07700) 900-123", "447700900123"],
)  # fmt: skip
def test_mobiles(text: str) -> None:
    assert values.mobile(text) == "+447700900123"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("020 7946 0958", "not a mobile"),
        ("0800 1111", "not a"),
        ("07700 90012", "not a number in use"),
        ("ask his mum", "not a telephone number"),
    ],
)
def test_numbers_that_no_text_reaches(text: str, problem: str) -> None:
    with pytest.raises(values.NotMobile, match=problem):
        values.mobile(text)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en-GB", "en-GB"), ("English", "en-GB"), ("EN", "en-GB"), ("Arabic (Sudan)", "ar"),
        ("ar-SD", "ar"), ("العربية", "ar"), ("Tigrinya", "ti"), ("tigrigna", "ti"), ("ትግርኛ", "ti"),
        ("easy read", "en-GB-x-easy"), ("Easy English", "en-GB-x-easy"),
        ("Klingon", None), ("", None),
    ],
)  # fmt: skip
def test_languages(text: str, tag: str | None) -> None:
    assert spoken.tag(text) == tag
