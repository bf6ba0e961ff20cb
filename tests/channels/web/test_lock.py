"""Shared telephones: earlier answers stay hidden until this person opens them. S3 is here."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.doors import links, locks
from consult_app.models.consultation import Consultation
from consult_app.models.link import Link
from consult_app.models.lock import PictureLock
from consult_app.models.message import Message
from tests.channels.web.phone import Phone, answers, child_of_nine

CANARY = "zebra-canary"
MINE = ("4", "1", "9")
WRONG = ("1", "4", "9")


@pytest.fixture
def child(app, database):
    """A child of nine who wrote something in a first visit."""
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send("/answer/form/0", helper="me")
    write(phone, CANARY)
    return consultation_id, phone


def write(phone: Phone, words: str) -> None:
    """Answer one question of words."""
    phone.get(f"/answer/q/{place(phone, 'home.like')}")
    phone.say(words)


def place(phone: Phone, question: str) -> int:
    """The number under which a page asks `question`."""
    from consult_app.questionnaires.load import load  # beside the one place that needs it

    form = load("child_8_11")
    return form.questions.index(form.by_id[question])


def tap(phone: Phone, action: str, pictures, status: int = 200) -> None:
    """Tap pictures one after the other."""
    for number, picture in enumerate(pictures, 1):
        phone.send(action, picture=picture, status=status if number == len(pictures) else 200)


def lock_up(phone: Phone) -> None:
    """Set the picture lock, as the pages offer it."""
    phone.get("/answer/check")
    assert "/answer/remember" in phone.html
    phone.get("/answer/remember")
    phone.get("/answer/lock")
    tap(phone, "/answer/lock", MINE)
    phone.send("/answer/lock", keep="1")
    assert phone.at == "/answer/remember"


def come_back(phone: Phone) -> str:
    """Leave, open the link again, and look at what was said."""
    phone.get("/answer/check")
    phone.send("/answer/exit")
    phone.open()
    return phone.get("/answer/check")


def texted_token(session, consultation_id: int) -> str:
    """The token of the newest text to a consultation."""
    found = session.scalars(
        select(Message).where(Message.consultation_id == consultation_id).order_by(Message.id)
    ).all()
    token = re.search(r"/r/(\S+)", found[-1].body).group(1)
    session.rollback()
    return token


def test_what_was_said_is_hidden_on_return_and_shown_within_the_visit(child):
    _, phone = child
    assert CANARY in phone.get("/answer/check")
    assert CANARY not in come_back(phone)
    assert "Answered before" in phone.html
    assert CANARY not in phone.get(f"/answer/q/{place(phone, 'home.like')}")


def test_a_remembered_phone_shows_it_and_another_does_not(child, app):
    _, phone = child
    phone.get("/answer/remember")
    phone.send("/answer/remember", remember="1")
    cookie = phone.client.get_cookie("device")
    assert cookie.http_only
    assert CANARY in come_back(phone)
    other = Phone(app.test_client(), phone.token)
    other.open()
    assert CANARY not in other.get("/answer/check")


def test_a_forgotten_phone_hides_it_again(child):
    _, phone = child
    phone.get("/answer/remember")
    phone.send("/answer/remember", remember="1")
    phone.send("/answer/remember", forget="1")
    assert CANARY not in come_back(phone)


def test_who_asks_to_be_remembered_later_sees_nothing_of_before(child, app):
    """A sister takes the phone, and has it remembered: it opens only what she could see."""
    _, phone = child
    sister = Phone(app.test_client(), phone.token)
    sister.open()
    sister.get("/answer/remember")
    sister.send("/answer/remember", remember="1")
    assert CANARY not in come_back(sister)


def test_the_picture_lock_opens_what_was_said(child):
    _, phone = child
    lock_up(phone)
    assert CANARY not in come_back(phone)
    phone.get("/answer/earlier")
    tap(phone, "/answer/earlier", MINE)
    assert phone.at == "/answer/check"
    assert CANARY in phone.html


def test_the_order_of_the_pictures_counts(child):
    _, phone = child
    lock_up(phone)
    come_back(phone)
    phone.get("/answer/earlier")
    tap(phone, "/answer/earlier", WRONG, status=422)
    assert "not your three pictures" in phone.html


def test_five_tries_then_it_stays_closed_even_for_the_right_pictures(child, database):
    consultation_id, phone = child
    lock_up(phone)
    come_back(phone)
    for _ in range(locks.TRIES):
        phone.get("/answer/earlier")
        tap(phone, "/answer/earlier", WRONG, status=422)
    phone.open()
    phone.get("/answer/earlier")
    assert "five tries" in phone.html
    assert 'name="picture"' not in phone.html
    token = {"csrf_token": phone.hidden("/answer/earlier/text")["csrf_token"]}
    sent = phone.client.post("/answer/earlier", data=token | {"tapped": "4 1", "picture": "9"})
    assert sent.status_code == 422
    assert CANARY not in phone.get("/answer/check")
    with database.reading() as session:
        lock = session.scalar(select(PictureLock).filter_by(consultation_id=consultation_id))
        assert lock.tries == locks.TRIES


def test_pictures_are_kept_as_a_keyed_hash(child, session):
    consultation_id, phone = child
    lock_up(phone)
    hashes = {row.pictures_hash for row in session.query(PictureLock)}
    session.rollback()
    assert len(hashes) == 1
    assert not any(found == "4" or "419" in found[:3] for found in hashes)
    with session.begin():
        visit = links.Visit(consultation_id=consultation_id + 1, opened_at=clock.now())
        assert locks.try_lock(session, visit, MINE) is locks.Opening.SPENT


def test_a_link_to_their_own_number_shows_it_once(child, app, session):
    consultation_id, phone = child
    lock_up(phone)
    come_back(phone)
    for _ in range(locks.TRIES):
        phone.get("/answer/earlier")
        tap(phone, "/answer/earlier", WRONG, status=422)
    phone.get("/answer/earlier")
    phone.send("/answer/earlier/text")
    assert "on its way" in phone.html
    own = Phone(app.test_client(), texted_token(session, consultation_id))
    own.open()
    assert CANARY in own.get("/answer/check")
    again = Phone(app.test_client(), own.token)
    again.open()
    assert CANARY not in again.get("/answer/check")
    again.get("/answer/earlier")
    tap(again, "/answer/earlier", MINE)
    assert CANARY in again.html


def test_the_texted_link_shows_nothing_after_a_day(child, app, session, database):
    consultation_id, phone = child
    come_back(phone)
    phone.get("/answer/earlier")
    phone.send("/answer/earlier/text")
    token = texted_token(session, consultation_id)
    with database.transaction() as held:
        for link in held.query(Link).filter(Link.shows_until.is_not(None)):
            link.shows_until = clock.now() - timedelta(seconds=1)
    late = Phone(app.test_client(), token)
    late.open()
    assert CANARY not in late.get("/answer/check")


def test_the_text_goes_once_however_often_it_is_asked_for(child, session):
    consultation_id, phone = child
    come_back(phone)
    for _ in range(4):
        phone.get("/answer/earlier")
        phone.send("/answer/earlier/text")
    bodies = [m.body for m in session.query(Message).filter_by(consultation_id=consultation_id)]
    assert len(bodies) == 1
    assert CANARY not in bodies[0]


def test_who_sees_less_than_a_lock_opens_cannot_change_it(child, app):
    _, phone = child
    lock_up(phone)
    sister = Phone(app.test_client(), phone.token)
    sister.open()
    sister.get("/answer/lock")
    tap(sister, "/answer/lock", WRONG)
    sister.send("/answer/lock", keep="1")
    assert sister.at == "/answer/earlier"
    tap(sister, "/answer/earlier", WRONG, status=422)
    tap(sister, "/answer/earlier", MINE)
    assert CANARY in sister.html


def test_without_a_number_the_page_says_whom_to_ask(child, database):
    consultation_id, phone = child
    with database.transaction() as session:
        session.get_one(Consultation, consultation_id).person_id = None
    come_back(phone)
    phone.get("/answer/earlier")
    assert "/answer/earlier/text" not in phone.html
    assert "We have no number for you" in phone.html


def test_private_questions_wait_while_someone_helps(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("2")
    phone.get(f"/answer/q/{place(phone, 'home.safe')}")
    phone.say("no")
    phone.get("/answer/check")
    assert "1 question waits" in phone.html
    phone.send("/answer/alone")
    rows = answers(session, consultation_id)
    assert [(r.question, r.code, r.typist) for r in rows] == [
        ("helper", "with_help", "helper"),
        ("home.safe", "no", "helper"),
        ("helper", "me", "self"),
    ]
    phone.get(f"/answer/q/{place(phone, 'home.safe.more')}")
    phone.say("I will say it now")
    assert answers(session, consultation_id)[-1].typist == "self"
    assert "question waits" not in phone.get("/answer/check")
