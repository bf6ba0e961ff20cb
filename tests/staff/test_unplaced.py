"""Texts nobody could place: who sees them, one tap that places them, and what is heard then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.iro import Iro
from consult_app.models.kinds import ConsultationStatus, InboundState, Role
from consult_app.models.message import Message
from consult_app.models.staff import Staff
from tests import factories
from tests.house_check import check_page
from tests.staff.conftest import House

Enter = Callable[[str], FlaskClient]


@dataclass(frozen=True)
class Waiting:
    """A carer of two whose text nobody can place: ids."""

    inbound: int
    first: int
    second: int
    sender: str


@pytest.fixture
def waiting(database: Database, settings, house: House) -> Waiting:
    """Both children are with the officer `own`; the text came in a while ago."""
    with database.transaction() as session:
        own = session.scalars(select(Iro).where(Iro.name == "Olive Own")).one()
        rows, carer = [], factories.make_person(session, name="Carol Carer")
        for _ in range(2):
            child = factories.make_child(session, first_name="Twin")
            review = factories.make_review(session, child=child, iro=own)
            rows.append(
                factories.make_consultation(
                    session, role=Role.CARER, person=carer, review=review, depth="short"
                )
            )
        at = clock.now() - timedelta(hours=2)
        text = InboundText("SMwaits", carer.mobile, "owl: he sleeps well", at)
        inbound = receive(session, text, settings)
        assert inbound is not None
        session.flush()
        assert inbound.state is InboundState.QUARANTINED
        return Waiting(inbound.id, rows[0].id, rows[1].id, carer.mobile)


def place(client: FlaskClient, inbound: int, choice: str | int) -> int:
    """Tap one of the buttons."""
    data = {"consultation": str(choice)}
    return client.post(f"/staff/texts/{inbound}", data=data).status_code


@pytest.mark.parametrize("who", ["support", "manager", "own"])
def test_each_text_with_those_it_may_be_about(waiting: Waiting, enter: Enter, who: str) -> None:
    page = enter(who).get("/staff/texts").text
    check_page(page, respondent=False)
    assert "owl: he sleeps well" in page
    assert page.count("Twin") == 2
    for row in (waiting.first, waiting.second):
        assert f'name="consultation" value="{row}"' in page
    assert "None of these" in page
    assert "waiting</span>" in page


def test_another_officer_sees_nothing_of_it(waiting: Waiting, enter: Enter) -> None:
    page = enter("other").get("/staff/texts").text
    assert "owl" not in page
    assert "Every text has its place." in page
    assert place(enter("other"), waiting.inbound, waiting.first) == 404


def test_what_may_be_another_officers_is_for_support(
    database: Database, waiting: Waiting, enter: Enter
) -> None:
    with database.transaction() as session:
        other = session.scalars(select(Iro).where(Iro.name == "Otto Other")).one()
        session.get_one(Consultation, waiting.second).review.iro_id = other.id
    for who, sees in (("own", False), ("other", False), ("support", True), ("manager", True)):
        assert ("owl" in enter(who).get("/staff/texts").text) is sees


def test_one_tap_places_it_and_it_is_heard(
    database: Database, waiting: Waiting, enter: Enter
) -> None:
    client = enter("support")
    assert place(client, waiting.inbound, waiting.second) == 303
    with database.reading() as session:
        inbound = session.get_one(Inbound, waiting.inbound)
        support = session.scalars(select(Staff).where(Staff.name == "support")).unique().one()
        assert (inbound.consultation_id, inbound.placed_by_id) == (waiting.second, support.id)
        assert inbound.placed_at is not None
        started = session.get_one(Consultation, waiting.second)
        assert started.status is ConsultationStatus.STARTED
        evidence = [row.evidence for row in session.scalars(select(Concern))]
        assert "owl: he sleeps well" in evidence
        last = session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert last.to == waiting.sender
        assert last.asks == "helper"
    assert "owl" not in client.get("/staff/texts").text
    assert place(client, waiting.inbound, waiting.first) == 404  # once


def test_the_dialogue_goes_on_where_it_was_placed(
    database: Database, settings, waiting: Waiting, enter: Enter
) -> None:
    place(enter("own"), waiting.inbound, waiting.second)
    with database.transaction() as session:
        receive(session, InboundText("SMnext", waiting.sender, "2", clock.now()), settings)
        session.flush()
        (answer,) = session.scalars(select(Answer).where(Answer.client_id == "SMnext")).all()
        assert (answer.consultation_id, answer.code) == (waiting.second, "with_help")


def test_none_of_these_keeps_it_and_it_waits_no_more(
    database: Database, waiting: Waiting, enter: Enter
) -> None:
    client = enter("manager")
    assert place(client, waiting.inbound, "none") == 303
    assert "owl" not in client.get("/staff/texts").text
    with database.reading() as session:
        inbound = session.get_one(Inbound, waiting.inbound)
        assert (inbound.state, inbound.body) == (InboundState.SET_ASIDE, "owl: he sleeps well")


def test_it_cannot_be_placed_with_somebody_it_cannot_be_about(
    database: Database, house: House, waiting: Waiting, enter: Enter
) -> None:
    for choice in (house.consultation, 77, "", "x", "-1"):
        assert place(enter("support"), waiting.inbound, choice) == 404
    with database.reading() as session:
        assert session.get_one(Inbound, waiting.inbound).state is InboundState.QUARANTINED


def test_a_text_of_an_unsafe_number_is_placed_and_nothing_is_sent(
    database: Database, waiting: Waiting, enter: Enter
) -> None:
    with database.transaction() as session:
        person = session.get_one(Consultation, waiting.first).person
        person.number_unsafe_at = clock.now()
        before = len(session.scalars(select(Message)).all())
    assert place(enter("support"), waiting.inbound, waiting.first) == 303
    with database.reading() as session:
        assert len(session.scalars(select(Message)).all()) == before


def test_a_cry_for_help_stands_out_whoever_it_comes_from(
    database: Database, settings, house: House, enter: Enter
) -> None:
    with database.transaction() as session:
        for body, hours in (("i want to die", 3), ("owl", 1)):
            at = clock.now() - timedelta(hours=hours)
            receive(session, InboundText(f"SM{body}", "+447700900998", body, at), settings)
    page = enter("support").get("/staff/texts").text
    assert page.index("i want to die") < page.index("owl")
    assert "May be a cry for help" in page
    assert "Nobody is known with this number." in page


def test_words_do_nothing(database: Database, settings, house: House, enter: Enter) -> None:
    with database.transaction() as session:
        text = InboundText("SMx", "+447700900998", "<script>{{7*7}}</script>", clock.now())
        receive(session, text, settings)
    assert "&lt;script&gt;{{7*7}}&lt;/script&gt;" in enter("support").get("/staff/texts").text


def test_a_long_list_is_paged(database: Database, settings, house: House, enter: Enter) -> None:
    with database.transaction() as session:
        for number in range(23):
            at = clock.now() + timedelta(seconds=number)
            text = InboundText(f"SMpage{number}", "+447700900998", f"owl {number}", at)
            receive(session, text, settings)
    pages = [enter("support").get(f"/staff/texts?page={page}").text for page in (1, 2)]
    assert [page.count("owl ") for page in pages] == [20, 3]
    assert pages[0].index("owl 22") < pages[0].index("owl 21")
