"""A drawing, a photo or a voice note as an answer: once, sealed, with its words and its audience."""

import pytest
from sqlalchemy.orm import Session

from consult_app.actions.answering import attachments, talk
from consult_app.actions.answering.attachments import LARGEST, Media, Unfit
from consult_app.conversation.form import Audience
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, MediaKind
from consult_app.sealing import SealBroken
from tests.actions.answering.picture_files import SECRET, png
from tests.factories import make_consultation


@pytest.fixture
def asked(session: Session) -> Consultation:
    """A child of eight to eleven who was asked."""
    return make_consultation(session, questionnaire="child_8_11")


@pytest.fixture
def drawing() -> Media:
    """A drawing as it is taken."""
    found = attachments.examined(MediaKind.DRAWING, png())
    assert isinstance(found, Media)
    return found


def told(question: str, client_id: str = "one", audience: Audience | None = None) -> talk.Source:
    """From the chat, at a question."""
    return talk.Source(Channel.WEB_CHAT, client_id, question=question, audience=audience)


def rows(session: Session, question: str) -> list[Answer]:
    """What was said to a question, oldest first."""
    session.flush()
    return session.query(Answer).filter_by(question=question).order_by(Answer.id).all()


def test_a_drawing_counts_as_the_answer(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    heard = talk.attach(session, asked, drawing, told("fun"))
    [row] = rows(session, "fun")
    assert (row.code, row.text) == ("drawing", None)
    assert "fun" in heard.state.answers
    assert heard.state.waiting != "fun"
    kept = session.query(Attachment).one()
    assert (kept.answer_id, kept.content) == (row.id, drawing.content)
    assert SECRET not in kept.content_sealed


def test_the_same_drawing_sent_twice_counts_once(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    for _ in range(3):
        talk.attach(session, asked, drawing, told("fun"))
        session.flush()
    assert len(rows(session, "fun")) == 1
    talk.attach(session, asked, drawing, told("fun", "another tap"))
    assert len(rows(session, "fun")) == 2


def test_words_stay_beside_a_drawing(session: Session, asked: Consultation, drawing: Media) -> None:
    talk.answer_page(session, asked, {"fun": "Football"}, told("fun", "words"))
    talk.attach(session, asked, drawing, told("fun"))
    assert talk.current(session, asked).state.answers["fun"] == "Football"
    assert [row.code for row in rows(session, "fun")] == [None, "drawing"]


def test_a_page_saved_without_words_leaves_the_drawing(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    talk.attach(session, asked, drawing, told("fun"))
    talk.answer_page(session, asked, {"fun": None}, told("fun", "page"))
    asked.waiting = "fun"
    talk.hear(session, asked, "skip", told("fun", "skip"))
    assert len(rows(session, "fun")) == 1
    assert asked.waiting != "fun"


def test_who_may_see_it_stays_and_can_be_narrowed(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    talk.answer_page(
        session, asked, {"fun": "Football"}, told("fun", "words"), {"fun": Audience.IRO}
    )
    talk.attach(session, asked, drawing, told("fun"))
    assert rows(session, "fun")[-1].audience == Audience.IRO
    talk.attach(session, asked, drawing, told("home.like", "two"))
    assert rows(session, "home.like")[-1].audience == Audience.MEETING
    talk.answer_page(
        session, asked, {"home.like": None}, told("home.like", "p"), {"home.like": Audience.IRO}
    )
    assert [(r.code, r.audience) for r in rows(session, "home.like")] == [
        ("drawing", "meeting"),
        ("drawing", "iro"),
    ]


def test_a_drawing_of_a_worry_calls_a_person(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    talk.attach(session, asked, drawing, told("worried"))
    session.flush()
    concern = session.query(Concern).one()
    assert (concern.level, concern.question, concern.evidence) == ("safety", "worried", "drawing")


def test_taking_it_back_writes_a_skip(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    talk.attach(session, asked, drawing, told("fun"))
    talk.take_back(session, asked, told("fun", "back"))
    assert [(row.code, row.text) for row in rows(session, "fun")] == [
        ("drawing", None),
        (None, None),
    ]


def test_what_was_sealed_opens_nowhere_else(
    session: Session, asked: Consultation, drawing: Media
) -> None:
    talk.attach(session, asked, drawing, told("fun"))
    talk.attach(session, asked, drawing, told("home.like", "two"))
    session.flush()
    one, other = session.query(Attachment).order_by(Attachment.id)
    other.content_sealed = one.content_sealed
    with pytest.raises(SealBroken):
        _ = other.content
    assert len(one.key) >= 22


@pytest.mark.parametrize(
    ("kind", "data", "fault"),
    [
        (MediaKind.DRAWING, b"", Unfit.EMPTY),
        (MediaKind.PHOTO, bytes(LARGEST + 1), Unfit.TOO_LARGE),
        (MediaKind.PHOTO, b"%PDF-1.7", Unfit.OTHER_KIND),
        (MediaKind.VOICE, png(), Unfit.OTHER_KIND),
    ],
)
def test_what_cannot_be_taken_says_why(kind: MediaKind, data: bytes, fault: Unfit) -> None:
    assert attachments.examined(kind, data) is fault
