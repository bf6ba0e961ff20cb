"""Who may see an answer, at every page of the staff: what was narrowed stays, what was widened goes."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult_app.conversation.form import Audience
from consult_app.db import Database
from consult_app.models.consultation import Consultation
from tests.staff.conftest import House, say
from tests.staff.test_entry import _visits

SAID = {
    "home.like": ("kept-canary", Audience.IRO),
    "plan.more": ("widened-canary", Audience.MEETING),
    "scale.up": ("shared-canary", None),
    "when.avoid": ("worker-canary", None),
    "home.change": ("refused-canary", Audience.MEETING),
}
"""Words by question, and who was chosen to see them: `home.change` cannot be widened."""
WORDS = {words for words, _ in SAID.values() if words}
ALOUD = {"widened-canary", "shared-canary"}
SHOWN = {"staff_review.show_pack": WORDS, "staff_review.show_read_out": ALOUD}
"""The pages on which answers stand; on all others none does."""


@pytest.fixture
def spoken(database: Database, house: House) -> House:
    """The child of the house has chosen who may see what."""
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        values = {question: words for question, (words, _) in SAID.items() if words}
        chosen = {question: who for question, (_, who) in SAID.items() if who}
        say(session, asked, {"plan.agree": "no", **values}, chosen)
    return house


@pytest.mark.parametrize("who", ["own", "other", "manager", "support"])
def test_each_page_shows_what_its_reader_may_see(
    app: Flask, spoken: House, enter: Callable[[str], FlaskClient], who: str
) -> None:
    client = enter(who)
    for endpoint, method, address in _visits(app, spoken):
        if method != "GET":
            continue
        page = client.get(address).text
        expected = SHOWN.get(endpoint, set()) if who == "own" else set()
        assert {words for words in WORDS if words in page} == expected, address


def test_the_pack_says_who_may_see_each(spoken: House, enter: Callable[[str], FlaskClient]) -> None:
    page = enter("own").get(f"/staff/review/{spoken.review}").text
    told = {words: page.split(words)[1].split("</article>")[0] for words in WORDS}
    for words in ("kept-canary", "refused-canary"):
        assert "Only you read this" in told[words]
    assert told["widened-canary"].count("Only you") == 0
