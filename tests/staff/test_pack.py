"""The pack: original words, who may see each, what was skipped, what may be read out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import talk, telling
from consult_app.conversation.form import Audience
from consult_app.db import Database
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConsultationStatus, Role, Typist
from consult_app.models.review import Review
from tests import factories
from tests.house_check import check_page
from tests.staff.conftest import CANARY, House, say, statements

ODD = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnp.exe\u202c",
    "ኣብዚ ጽቡቕ እዩ።",
    "أحب المكان هنا 🌙 07700 900123",
)


@pytest.fixture
def told(database: Database, house: House) -> Callable[..., None]:
    """`told({"home": "5"})`: the child of the house says so."""

    def tell(values: dict[str, str | None], audiences=None, **changes: object) -> None:
        with database.transaction() as session:
            asked = session.get_one(Consultation, house.consultation)
            for name, value in changes.items():
                setattr(asked, name, value)
            say(session, asked, values, audiences)

    return tell


@pytest.fixture
def pack(house: House, enter: Callable[[str], FlaskClient]) -> Callable[..., str]:
    """`pack()` or `pack("/read-out")` as its officer sees it."""
    client = enter("own")
    return lambda path="": client.get(f"/staff/review/{house.review}{path}").text


def test_both_pages_hold_together(pack: Callable[..., str]) -> None:
    check_page(pack(), respondent=False)
    check_page(pack("/read-out"), respondent=False)


@pytest.mark.parametrize("text", ODD)
def test_words_are_shown_as_they_were_typed_and_do_nothing(
    told: Callable[..., None], pack: Callable[..., str], text: str
) -> None:
    told({"home.change": text})
    page = pack()
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "<script>alert" not in page


def test_words_carry_their_language_and_find_their_own_direction(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"home.change": "أحب المكان"}, language="ar")
    assert '<blockquote lang="ar" dir="auto"><p>أحب المكان</p>' in pack()


def test_a_choice_in_another_language_stands_beside_its_english(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"home.safe": "yes"}, language="ar")
    page = pack()
    assert '<blockquote class="english" lang="en-GB"><p>Yes</p>' in page


def test_who_may_see_it_and_how_it_came(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"home.change": "More cats"})
    said = pack().split("More cats")[1].split("</article>")[0]
    for words in ("Only you read this", "on the web, by page", "English"):
        assert words in said


def test_who_typed_it_is_said_when_it_was_not_the_child(
    database: Database, house: House, pack: Callable[..., str]
) -> None:
    assert "typed by a helper" not in pack()
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        source = talk.Source(Channel.PAPER, "p1", Typist.HELPER)
        talk.answer_page(session, asked, {"home.change": "Written down"}, source)
    said = pack().split("Written down")[1].split("</article>")[0]
    assert "typed by a helper" in said
    assert "on paper" in said


def test_a_later_answer_stands_and_the_earlier_beside_it(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"home.change": "First thought"})
    told({"home.change": "Second thought"})
    page = pack()
    assert page.index("Second thought") < page.index("earlier answer") < page.index("First thought")


def test_skipped_and_unanswered_are_not_the_same(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"fun": None})
    page = pack()
    assert "One question was skipped" in page
    assert "questions have no answer" in page


def test_what_is_only_counted_is_never_put_with_a_name(
    house: House, pack: Callable[..., str]
) -> None:
    """iro_know was answered "no"; its audience is the counts alone."""
    page = pack()
    assert "One answer is only counted" in page
    assert "Do you know who your reviewing officer is" not in page


def test_only_what_may_be_said_is_read_out(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"home.like": "Say this aloud", "home.change": "Keep this here"})
    sheet = pack("/read-out")
    assert "Say this aloud" in sheet
    assert "Keep this here" not in sheet
    assert f"{CANARY} concern" not in sheet


def test_what_was_narrowed_later_is_not_read_out_in_any_version(
    told: Callable[..., None], pack: Callable[..., str]
) -> None:
    told({"home.like": "Say this aloud"})
    told({"home.like": "Better not"}, {"home.like": Audience.IRO})
    sheet = pack("/read-out")
    assert "Say this aloud" not in sheet
    assert "Better not" not in sheet


def test_who_was_not_asked_and_why(
    database: Database, house: House, pack: Callable[..., str]
) -> None:
    with database.transaction() as session:
        factories.make_consultation(
            session,
            review=session.get_one(Review, house.review),
            role=Role.PARENT,
            status=ConsultationStatus.NOT_CONSULTED,
            reason="reason.no_contact:Lives abroad",
            questionnaire=None,
            version=None,
        )
    assert "Not to be contacted: Lives abroad" in pack()


def test_what_came_after_the_day_is_marked_late(
    database: Database, house: House, pack: Callable[..., str]
) -> None:
    assert "came after the day" not in pack()
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        asked.status, asked.submitted_at = ConsultationStatus.SUBMITTED, clock.now()
        asked.review.day = clock.today() - timedelta(days=1)
    assert "came after the day" in pack()


def _more_voices(session: Session, review: Review, count: int) -> None:
    for ordinal in range(2, 2 + count):
        asked = factories.make_consultation(
            session, review=review, role=Role.PARENT, ordinal=ordinal
        )
        say(session, asked, {"parent.views": "x"})


def test_more_voices_cost_no_more_statements(
    app: Flask, database: Database, house: House, pack: Callable[..., str]
) -> None:
    """The account, texts without a place, the review, who was asked, the answers, the concerns."""
    with statements(app) as few:
        pack()
    with database.transaction() as session:
        _more_voices(session, session.get_one(Review, house.review), 8)
    with statements(app) as many:
        pack()
    assert len(many) == len(few) <= 7


def test_a_form_from_the_files_says_that_its_words_are_elsewhere(
    database: Database, house: House, pack: Callable[..., str]
) -> None:
    with database.transaction() as session:
        review = session.get_one(Review, house.review)
        factories.make_consultation(
            session, review=review, role=Role.HEALTH, status=ConsultationStatus.SUBMITTED,
            questionnaire=None, version=None, submitted_at=clock.now(),
        )  # fmt: skip
        review.participation = "PN6"
    page = pack()
    assert "Its words are not kept here" in page
    assert "In the files: PN6." in page
    check_page(page, respondent=False)


def test_what_was_added_after_sending_stands_with_what_it_was_added_to(
    told: Callable[..., None], pack: Callable[..., str], database: Database, house: House
) -> None:
    told({"other": "The first"}, {"other": Audience.IRO}, status=ConsultationStatus.SUBMITTED)
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        source = talk.Source(Channel.WEB_FORM, "add-1")
        assert telling.add(session, asked, "And the second", source)
    html = pack()
    assert html.count("<p>The first</p><p>And the second</p>") == 1
    assert "some of it was added after sending" in html
    assert "· added after sending" in html


def test_a_message_says_what_it_is_about(
    pack: Callable[..., str], database: Database, house: House
) -> None:
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        telling.tell(session, asked, telling.Topic.ADVOCATE, "")
        telling.tell(session, asked, telling.Topic.GOOD, "I can swim")
    html = pack()
    assert "Wants an advocate" in html
    assert "Has good news" in html
    assert "I can swim" in html
    check_page(html, respondent=False)
