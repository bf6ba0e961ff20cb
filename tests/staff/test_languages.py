"""Staff see how far each language has come, and each string beside its English."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from consult_app import language
from consult_app.translating.browsing import PAGE
from tests.house_check import check_page

pytestmark = pytest.mark.usefixtures("house")

CODE = re.compile("<code>.*?</code>")


def test_the_table_names_every_language_with_words(enter: Callable[[str], FlaskClient]) -> None:
    page = enter("manager").get("/staff/languages").text
    check_page(page, respondent=False)
    for one in language.languages():
        assert f'href="/staff/languages/{one.tag}"' in page
        assert one.own_name in page


def test_each_string_stands_beside_its_english(enter: Callable[[str], FlaskClient]) -> None:
    page = enter("support").get("/staff/languages/ar?q=texts.start.child").text
    check_page(CODE.sub("", page), respondent=False)
    own = language.words("texts.start.child", "ar", iro=language.isolate("Margaret"), skip="5")
    assert own in page
    assert 'lang="ar" dir="rtl"' in page
    assert "text message: said before the first question" in page
    assert "needs a speaker before live use" in page
    assert "machine draft" in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("show=speaker", "<code>pages.readers.child.title<", "<code>pages.listen.title<"),
        ("part=replies", "<code>replies.distress<", "<code>pages.name<"),
        ("q=ሓገዝ", "<code>pages.help<", "<code>pages.name<"),
        ("show=checked", "No string is like that", "<code>"),
    ],
)
def test_strings_are_found(
    enter: Callable[[str], FlaskClient], asked: str, there: str, gone: str
) -> None:
    client = enter("support")
    seen = "".join(
        client.get(f"/staff/languages/ti?{asked}&page={page}").text for page in range(1, 8)
    )
    assert there in seen
    assert gone not in seen


def test_a_choice_that_is_none_shows_everything(enter: Callable[[str], FlaskClient]) -> None:
    client = enter("support")
    asked = "/staff/languages/ti?show=nonsense&part=nonsense&page=x"
    everything = CODE.findall(client.get("/staff/languages/ti").text)
    assert len(everything) == PAGE
    assert CODE.findall(client.get(asked).text) == everything


def test_a_page_holds_some_and_leads_to_the_next(enter: Callable[[str], FlaskClient]) -> None:
    page = enter("support").get("/staff/languages/ti?part=questions").text
    assert page.count("<code>") == PAGE
    assert 'rel="next"' in page


def test_a_language_without_words_has_no_page(enter: Callable[[str], FlaskClient]) -> None:
    assert enter("support").get("/staff/languages/xx").status_code == 404
