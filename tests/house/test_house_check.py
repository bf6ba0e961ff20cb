"""The house check finds each fault it is there for."""

import pytest

from tests.house_check import check_page, faults

GOOD = """<!doctype html><html lang="en-GB" dir="ltr"><head><title>Your say</title></head><body>
<form method="post" action="/answer/exit"><button>Leave</button></form><h1>Hello</h1>
<label for="a">Say</label><input id="a" name="a"><label>Or <input name="b"></label>
<input type="hidden" name="c"></body></html>"""


def test_a_sound_page_has_no_faults() -> None:
    check_page(GOOD, respondent=True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<h1>Hello</h1>", "<h1>Hello</h1><h1>Again</h1>", "2 h1"),
        ("<title>Your say</title>", "<title> </title>", "no title"),
        (' lang="en-GB"', "", "no lang"),
        (' dir="ltr"', "", "dir on html"),
        ('action="/answer/exit"', 'action="/answer/"', "no exit"),
        ('<label for="a">', '<label for="x">', "no label for 'a'"),
        ("<label>Or <input", '<input id="a"', "id 'a' 2 times"),
        ("Hello", "pages.door.open", "untranslated"),
        ("Hello", "Hello %{name}", "unfilled"),
        ("Hello", "⟦en⟧ Hello", "fallback"),
        ("<h1>", '<h1 style="color:red">', "inline style"),
        ("<h1>", '<h1 onclick="x()">', "inline style or handler"),
    ],
)
def test_each_fault_is_named(old: str, new: str, words: str) -> None:
    assert any(words in fault for fault in faults(GOOD.replace(old, new), respondent=True))


def test_a_heavy_page_is_a_fault() -> None:
    heavy = GOOD.replace("Hello", "".join(chr(0x1200 + i * 7 % 350) for i in range(90_000)))
    weighty = [f for f in faults(heavy + str(list(range(9000))), respondent=True) if "bytes" in f]
    assert len(weighty) == 1
