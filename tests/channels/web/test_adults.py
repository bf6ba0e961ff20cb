"""Parents, carers and professionals answer through a link, and learn nothing about anyone else."""

import re
from datetime import time

import pytest

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.models.concern import Concern
from consult_app.models.kinds import Role
from tests.channels.web.phone import Phone
from tests.factories import (
    make_child,
    make_consultation,
    make_involvement,
    make_iro,
    make_person,
    make_review,
)

CANARIES = {
    "the child's name": "Quillfeather",
    "the child's reference": "REF-9931-X",
    "where the review is": "Larchwood-House-44",
    "the carer's name": "Marigold-Carer",
    "the other parent's name": "Tamsin-Other",
    "the officer's surname": "Surnameford",
    "the team": "Team-Heron",
    "their own full name": "Peregrine-Self",
    "what the child said": "canary-words-of-the-child",
}
ADULTS = (Role.PARENT, Role.CARER, Role.HEALTH, Role.EDUCATION, Role.OBSERVER)
PAGES = (
    "/answer/language", "/answer/readers", "/answer/way", "/answer/q", "/answer/check",
    "/answer/own", "/answer/own/copy", "/answer/tell", "/answer/told", "/answer/add",
    "/answer/thanks", "/answer/paused", "/our-numbers", "/about", "/privacy", "/accessibility",
)  # fmt: skip


def asked(app, database, role: Role) -> Phone:
    """Someone asked about a review around which much is known."""
    with database.transaction() as session:
        child = make_child(
            session,
            first_name=CANARIES["the child's name"],
            reference=CANARIES["the child's reference"],
        )
        review = make_review(
            session,
            child=child,
            iro=make_iro(session, name="Robin " + CANARIES["the officer's surname"]),
            venue=CANARIES["where the review is"],
            team=CANARIES["the team"],
            planned_at=time(14, 30),
        )
        for other, key in (
            (Role.CARER, "the carer's name"),
            (Role.PARENT, "the other parent's name"),
        ):
            person = make_person(session, name=CANARIES[key])
            make_involvement(session, child, other, person=person)
            if other is not role:
                make_consultation(session, review=review, role=other, person=person)
        make_consultation(session, review=review, reason=CANARIES["what the child said"])
        person = make_person(session, name=CANARIES["their own full name"])
        one = make_consultation(
            session, review=review, role=role, person=person, questionnaire=role.value
        )
        return Phone(app.test_client(), links.new_link(session, one, clock.now(), 60))


def told(text: str) -> list[str]:
    """Which canaries a page lets out."""
    return [what for what, canary in CANARIES.items() if canary.lower() in text.lower()]


def every_page(phone: Phone) -> None:
    """Look at every page that the respondent can reach, and at its headers."""
    for path in PAGES:
        response = phone.client.get(path, follow_redirects=True)
        assert told(response.text + str(response.headers)) == [], path


@pytest.mark.parametrize("role", ADULTS)
def test_no_page_tells_anything_about_anyone_else(app, database, role):
    phone = asked(app, database, role)
    assert told(phone.get(f"/r/{phone.token}")) == []
    phone.begin()
    every_page(phone)
    assert told(phone.html) == []
    phone.get("/answer/check")
    phone.send("/answer/send")
    every_page(phone)


@pytest.mark.parametrize("role", ADULTS)
def test_every_question_in_the_chat_and_every_page_of_the_form(app, database, role):
    phone = asked(app, database, role)
    phone.begin(skin="form")
    seen = 0
    while re.fullmatch(r"/answer/form/\d+", phone.at) and seen < 30:
        assert told(phone.html) == [], phone.at
        seen += 1
        phone.get(f"/answer/form/{seen}")
    assert phone.at == "/answer/check"
    for place in range(40):
        response = phone.client.get(f"/answer/q/{place}", follow_redirects=True)
        assert told(response.text) == [], place


@pytest.mark.parametrize("role", ADULTS)
def test_no_account_is_asked_for(app, database, role):
    phone = asked(app, database, role)
    assert "no account" in phone.get(f"/r/{phone.token}")
    phone.begin()
    assert phone.at.startswith("/answer/q")
    assert "password" not in phone.html.lower()


def test_a_message_of_a_parent_stays_with_their_own_consultation(app, database):
    phone = asked(app, database, Role.PARENT)
    phone.open()
    phone.get("/answer/tell")
    phone.send("/answer/tell", topic="tell", words="May I come?")
    assert told(phone.html) == []
    with database.reading() as session:
        (concern,) = session.query(Concern).all()
        assert concern.consultation.role is Role.PARENT
