"""The same word however a keyboard wrote it, and never a different one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.conversation.fold import apart, bare, digits, fold


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("كتابي", "کتابی"),
        ("علی", "على"),
        ("بـــلـى", "بلی"),
        ("نَعَمْ", "نعم"),
        ("أإآٱ", "اااا"),
        ("می\u200cخواهم", "میخواهم"),
        ("\u200f\u2067نه\u2069", "نه"),
        ("بەڵێ", "بهڵێ"),
        ("نہیں", "نهیں"),
        ("HAYIR", "hayır"),
        ("İPTAL", "iptal"),
        ("şi ţara", "și țara"),
        ("ＹＥＳ", "yes"),
        ("don’t", "don't"),
        ("ፀሓይ", "ጸሓይ"),
        ("ኣይፋልን።", "አይፋልን"),
        ("Straße", "STRASSE"),
    ],
)
def test_one_word_in_two_spellings(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(
    ("one", "other"), [("không", "khong"), ("évident", "evident"), ("ێ", "ی"), ("نہ", "نا")]
)
def test_what_marks_tell_apart_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("word", "plain"),
    [("không", "khong"), ("dừng", "dung"), ("đúng", "dung"), ("erê", "ere"), ("żółw", "zolw"),
     ("yardım", "yardim"), ("ndihmë", "ndihme"), ("ні", "ні"), ("بەڵێ", "بەڵێ"), ("হ্যাঁ", "হ্যাঁ")],
)  # fmt: skip
def test_as_it_is_typed_without_marks(word: str, plain: str) -> None:
    assert bare(fold(word)) == fold(plain)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("٣", 3), ("۳", 3), ("৩", 3), ("३", 3), ("፫", 3), ("３", 3), ("3️⃣", 3), ("③", 3), ("³", 3),
     ("፲", 10), ("፲፪", 12), ("፳፩", 21), ("١٢", 12), ("10️⃣", 10)],
)  # fmt: skip
def test_numbers_in_every_script(typed: str, number: int) -> None:
    assert digits(fold(typed)) == number


def test_signs_between_words_are_spaces() -> None:
    assert apart(fold("He said:«hits me»—again,don't")) == "he said hits me again don't"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert apart(apart(once)) == apart(once)
    assert unicodedata.is_normalized("NFC", bare(once))
