"""What the check of words finds: letters, look-alikes, lengths, directions, lists of replies."""

import pytest

from consult_app import language
from consult_app.translating import answering, fits, letters, units
from consult_app.translating.files import File

language.load()
ANYWHERE = "read by respondents"
"""What places.yml says of a key that fits none of its patterns."""


def found(rule, tag: str, words: str, *, english: str = "Hello there", namespace="pages") -> list:
    return [fault.words for fault in rule(File(namespace, tag, {"a": words}, {"a": english}))]


@pytest.mark.parametrize(
    ("tag", "words", "fault"),
    [
        ("fa", "كتاب خوب است", "writes ك U+0643: here it is ک U+06A9"),
        ("fa-AF", "خوبي شما", "writes ي U+064A: here it is ی U+06CC"),
        ("ckb", "بةلێ باشە", "writes ة U+0629: here it is ە U+06D5"),
        ("ckb", "علي باشە", "writes ي U+064A: here it is ی U+06CC"),
        ("ur", "آپ کا نهیں", "writes ه U+0647: here it is ہ U+06C1"),
        ("ar", "کتاب جميل", "writes ک U+06A9: here it is ك U+0643"),
        ("ar", "چاي جميل", "چ U+0686 is no letter of the language (letters.yml)"),
        ("ro", "și aşa mai departe", "writes ş U+015F: here it is ș U+0219"),
        ("kmr", "ez baș im", "writes ș U+0219: here it is ş U+015F"),
        ("tr", "güzel mañana", "ñ U+00F1 is no letter of the language (letters.yml)"),
        ("uk", "добрый день", "writes ы U+044B: here it is и U+0438"),
        ("uk", "дoбре дуже добре", "'дoбре' mixes letters of two scripts"),
        ("pl", "dоbrze bardzo", "'dоbrze' mixes letters of two scripts"),
        ("so", "waa fiicán", "á U+00E1 is no letter of the language (letters.yml)"),
        ("bn", "ভাল ৰকম", "writes ৰ U+09F0: here it is র U+09B0"),
        ("am", "ቐልጢፉ ሰላም", "ቐ U+1250 is no letter of the language (letters.yml)"),
        ("ti", "selam selam", "is not written in its script: 'selam selam'"),
    ],
)
def test_letters_that_are_not_the_languages_own(tag: str, words: str, fault: str) -> None:
    assert fault in found(letters.faults, tag, words)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("fa", "می\u200cتوانید به Childline زنگ بزنید. STOP"),
        ("tr", "İyi misin? IŞIK, kâğıt"),
        ("vi", "Em có thể bỏ qua câu này. Đúng không?"),
        ("ckb", "دەتوانیت پەیوەندی بە Childline ـەوە بکەیت"),
        ("bn", "শিক্ষক (Childline can)"),
        ("uk", "Ви можете пропустити це питання, ім\u02bcя"),
        ("cy", "Mae'r tŷ yn gŵyl"),
    ],
)
def test_letters_of_the_language_and_names_pass(tag: str, words: str) -> None:
    assert found(letters.faults, tag, words, english="Childline can be called") == []


@pytest.mark.parametrize(
    ("tag", "words", "fault"),
    [
        ("ti", "ሰላም። " * 60, "parts, at most 4"),
        ("en-GB", "Tap “here”", "curly quotes"),
        ("ar", "اضغط هنا %{link} الآن", "the link must stand on a line of its own"),
        ("ar", "STOP لتتوقف الرسائل", "begins with letters of the other direction"),
        ("fr", "قل نعم", "begins with letters of the other direction"),
        ("so", "Ku dhufo %day si aad", "cannot be filled with values"),
    ],
)
def test_texts_that_do_not_fit(tag: str, words: str, fault: str) -> None:
    assert any(fault in one for one in found(fits.faults, tag, words, namespace="texts"))


def test_a_name_in_latin_letters_may_begin_an_arabic_text_since_it_is_kept_apart() -> None:
    assert found(fits.faults, "ar", "%{iro} يقرأ هذا", namespace="texts") == []


def _replies(tag: str, **lists: list[str]) -> list[str]:
    file = File("replies", tag, lists, {})
    return [fault.words for fault in answering.faults(file, language.FOLDER)]


@pytest.mark.parametrize(
    ("tag", "lists", "fault"),
    [
        ("so", {"yes": ["haa"], "no": ["maya", "HAA"]}, "'haa' also means no"),
        ("tr", {"stop": ["dür"], "no": ["dur"]}, "'dur' also means stop"),
        ("sq", {"yes": ["po", "stop"]}, "'stop' is STOP in"),
        ("fr", {"back": ["retour", "end"]}, "'end' is STOP in en_GB"),
        ("vi", {"distress": ["that co"]}, "'that co' also stands in ordinary English"),
    ],
)
def test_lists_of_replies_that_cannot_be_told_apart(tag: str, lists: dict, fault: str) -> None:
    assert any(fault in one for one in _replies(tag, **lists)), _replies(tag, **lists)


def test_a_trap_may_be_spelled_out_by_its_marks() -> None:
    assert _replies("vi", stop=["dừng"], yes=["đúng"]) == []


def test_every_language_has_its_letters() -> None:
    for one in language.every():
        assert letters.alphabet(one.tag) is not None, one.tag


def test_a_translator_is_told_a_place_for_every_string_that_says_more_than_who_reads_it() -> None:
    placeless = [one.key for one in units.units(language.ENGLISH) if one.place == ANYWHERE]
    assert placeless == []
