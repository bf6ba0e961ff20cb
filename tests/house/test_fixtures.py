"""The fixtures that every other test stands on."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.db import Database
from consult_app.models.kinds import Role
from consult_app.models.person import Person
from consult_app.models.review import Review
from tests import factories


def test_factories_make_whole_rows(session: Session) -> None:
    consultation = factories.make_consultation(session)
    factories.make_involvement(session, consultation.review.child, Role.CARER)
    factories.make_staff(session)
    session.expire_all()
    assert consultation.person.name == "Sam Example"
    assert consultation.review.iro.first_name == "Jo"


@pytest.mark.parametrize("_turn", [1, 2])
def test_a_database_is_empty_each_time(database: Database, _turn: int) -> None:
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
        factories.make_review(session)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 1
