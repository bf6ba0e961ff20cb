"""What the rooms of the actions share in tests."""

import pytest
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.models.consultation import Consultation


@pytest.fixture
def secret(session: Session, asked: Consultation) -> str:
    """The secret of a visit to `asked`, which each file has of its own, just opened."""
    token = links.new_link(session, asked, clock.now(), 60)
    session.flush()
    opened = links.open_door(session, token, clock.now())
    assert opened is not None
    session.commit()
    return opened.visit_secret
