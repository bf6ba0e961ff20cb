"""Words by key, plurals as CLDR has them, dates, direction, and the labels for understanding."""

from datetime import date

import pytest

from consult_app import language
from consult_app.questionnaires.load import compose


@pytest.mark.parametrize(
    ("count", "ends"), [(1, "الأخير."), (2, "سؤالان."), (3, "أسئلة."), (11, "سؤالًا.")]
)
def test_arabic_has_its_own_plural_forms(count, ends):
    assert language.words("pages.left", "ar", count=count).endswith(ends)


def test_a_text_without_plural_forms_takes_a_count_all_the_same():
    assert "900" in language.words("pages.error.long", "en-GB", count=900)


def test_no_such_key_is_an_error_not_an_empty_page():
    with pytest.raises(KeyError, match=r"pages\.nothing"):
        language.words("pages.nothing", "ti")


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("ti-ER,ti;q=0.9,en;q=0.8", "ti"),
        ("ar-SD", "ar"),
        ("xx, ar;q=0.5", "ar"),
        ("", "en-GB"),
        ("*", "en-GB"),
        ("arn", "en-GB"),
        ("fa-IR,fa;q=0.9,en;q=0.8", "fa"),
        ("fa-AF", "fa-AF"),
        ("prs-AF", "fa-AF"),
        ("ku", "kmr"),
        ("en-US", "en-GB"),
    ],
)
def test_the_browsers_language_is_taken_where_it_is_offered(accepted, tag):
    assert language.pick(accepted) == tag


def test_days_are_gregorian_in_latin_digits():
    day = date(2026, 3, 12)
    assert language.day_words(day, "en-GB") == "Thursday 12 March"
    for tag in ("ar", "ti"):
        assert "12" in language.day_words(day, tag)
        assert "2026" in language.date_words(day, tag)


RIGHT_TO_LEFT = {"ar", "ps", "fa-AF", "fa", "ckb", "ur"}
ASKED_FOR = RIGHT_TO_LEFT | {
    "en-GB", "en-GB-x-easy", "kmr", "ti", "am", "om", "so", "vi", "sq", "uk", "ro", "pl", "fr", "tr",
    "bn", "cy",
}  # fmt: skip


def test_every_language_has_its_own_name_and_direction():
    every = {each.tag: each for each in language.every()}
    assert set(every) == ASKED_FOR
    assert {tag for tag in every if language.is_rtl(tag)} == RIGHT_TO_LEFT
    assert len({each.own_name for each in every.values()}) == len(every)
    assert {"en-GB", "en-GB-x-easy", "ar", "ti"} <= {each.tag for each in language.languages()}
    assert language.get("nothing").tag == "en-GB"


@pytest.mark.parametrize(
    ("tag", "called"),
    [("fa-AF", "Dari"), ("fa", "Persian"), ("kmr", "Kurdish Kurmanji"), ("ckb", "Kurdish Sorani"),
     ("bn", "Bengali"), ("om", "Oromo")],
)  # fmt: skip
def test_staff_read_a_languages_usual_english_name(tag, called):
    assert language.names(tag, "en-GB") == called


def test_easy_english_has_its_own_words_and_the_dates_and_plurals_of_english():
    easy = "en-GB-x-easy"
    day = date(2026, 3, 12)
    assert language.day_words(day, easy) == language.day_words(day, "en-GB")
    assert language.words("pages.left", easy, count=1) != language.words(
        "pages.left", easy, count=2
    )
    assert language.names(easy, "en-GB") == "Easy English"
    assert language.pick("en-GB,en;q=0.9") == "en-GB"
    named = tuple(language.labels(compose("child_8_11", 1), "ar").layers())
    assert {layer.languages["english"] for layer in named} == {"en-GB"}
    assert {layer.languages["easy english"] for layer in named} == {easy}


def test_a_word_in_two_lists_means_nothing():
    labels = language.labels(compose("child_8_11", 1), "ar")
    assert labels.replies["نعم"] == "yes"
    assert labels.replies["لا"] == "no"
    assert set(labels.commands) & set(labels.replies) == set()


@pytest.mark.parametrize("named", ["arabic", "العربیه", "ትግርኛ", "tigrinya"])
def test_languages_are_known_by_own_and_english_name(named):
    labels = language.labels(compose("child_8_11", 1), "en-GB")
    folded = {name.replace("ة", "ه"): tag for name, tag in labels.languages.items()}
    assert folded[named] in ("ar", "ti")
