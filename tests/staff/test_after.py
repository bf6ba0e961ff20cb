"""After the meeting: a code is suggested with its evidence, and a person confirms it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult_app import clock
from consult_app.db import Database
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Chairing, ConsultationStatus, ReviewStatus
from consult_app.models.review import Review
from tests.house_check import check_page
from tests.staff.conftest import House, say

YESTERDAY = clock.today() - timedelta(days=1)
SAID = {"held_on": YESTERDAY.isoformat(), "attended": "yes", "spoke": "self", "chairing": "part"}


@dataclass(frozen=True)
class Place:
    """The officer's browser at the page where one meeting is recorded."""

    client: FlaskClient
    database: Database
    house: House

    @property
    def address(self) -> str:
        return f"/staff/review/{self.house.review}/after"

    def ask(self, **changes: str) -> TestResponse:
        """Ask for a suggestion."""
        return self.client.get(self.address, query_string=SAID | changes)

    def confirm(self, **changes: str) -> TestResponse:
        """Confirm a code."""
        return self.client.post(self.address, data=SAID | changes)

    def recorded(self) -> Review:
        """The review as it is kept."""
        with self.database.reading() as session:
            return session.get_one(Review, self.house.review)


@dataclass(frozen=True)
class Case:
    """What the officer says, what the child did before, and the code that follows."""

    code: str
    attended: str
    spoke: str
    sent_days_ago: int | None = None
    how: tuple[str, ...] | None = None


CASES = (
    Case("PN7", "no", "none"),
    Case("PN6", "no", "none", sent_days_ago=2),
    Case("PN7", "no", "none", sent_days_ago=0),
    Case("PN5", "no", "none", sent_days_ago=2, how=("advocate",)),
    Case("PN2", "yes", "advocate", sent_days_ago=2),
    Case("PN3", "yes", "symbols"),
    Case("PN4", "yes", "none", sent_days_ago=2),
)


@pytest.fixture
def place(enter: Callable[[str], FlaskClient], database: Database, house: House) -> Place:
    """The officer `own`, after the meeting about the child of the house."""
    return Place(enter("own"), database, house)


def _before(place: Place, case: Case) -> None:
    with place.database.transaction() as session:
        asked = session.get_one(Consultation, place.house.consultation)
        if case.how:
            say(session, asked, {"how": case.how})
        if case.sent_days_ago is not None:
            asked.status = ConsultationStatus.SUBMITTED
            asked.submitted_at = clock.now() - timedelta(days=case.sent_days_ago)


def test_it_begins_with_the_planned_day_and_no_suggestion(place: Place) -> None:
    page = place.client.get(place.address).text
    check_page(page, respondent=False)
    assert (clock.today() + timedelta(days=10)).isoformat() in page
    assert "This looks like" not in page


def test_a_suggestion_says_why_and_writes_nothing(place: Place) -> None:
    page = place.ask().text
    check_page(page, respondent=False)
    assert "This looks like PN1" in page
    assert "Spoke for themselves" in page
    assert 'value="PN1" checked' in page
    assert place.recorded().status is ReviewStatus.SCHEDULED


@pytest.mark.parametrize("case", CASES)
def test_what_the_facts_suggest(place: Place, case: Case) -> None:
    """A return before the meeting counts; one that came after it does not."""
    _before(place, case)
    page = place.ask(attended=case.attended, spoke=case.spoke).text
    assert f"This looks like {case.code}" in page


def test_the_officer_confirms_or_chooses_otherwise(place: Place) -> None:
    reply = place.confirm(participation="PN2")
    assert reply.headers["Location"] == f"/staff/review/{place.house.review}"
    review = place.recorded()
    assert (review.status, review.held_on) == (ReviewStatus.HELD, YESTERDAY)
    assert (review.participation, review.chairing) == ("PN2", Chairing.PART)
    assert review.participation_confirmed_by_id is not None
    assert review.participation_confirmed_at is not None
    pack = place.client.get(reply.headers["Location"]).text
    assert "Recorded: PN2." in pack
    check_page(pack, respondent=False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"participation": "PN6"}, "but this code says they were not"),
        ({"participation": "PN0"}, "only for children under four"),
        ({"participation": ""}, "Something is missing"),
        ({"participation": "PN9"}, "Something is missing"),
        ({"participation": "PN1", "chairing": "all"}, "Something is missing"),
        ({"participation": "PN1", "held_on": "2999-01-01"}, "in the future"),
    ],
)
def test_what_does_not_fit_is_said_and_not_recorded(
    place: Place, changes: dict[str, str], words: str
) -> None:
    page = place.confirm(**changes)
    assert page.status_code == 200
    assert words in page.text
    check_page(page.text, respondent=False)
    assert place.recorded().participation is None


@pytest.mark.parametrize("held_on", ["", "yesterday", "2026-13-01"])
def test_a_day_that_is_none_is_asked_for_again(place: Place, held_on: str) -> None:
    page = place.ask(held_on=held_on)
    assert page.status_code == 200
    assert 'id="held_on-error"' in page.text
    assert "This looks like" not in page.text


def test_what_is_recorded_stands_in_the_form_again(place: Place) -> None:
    place.confirm(participation="PN1")
    page = place.client.get(place.address).text
    assert YESTERDAY.isoformat() in page
    assert 'value="part" checked' in page
    assert 'value="yes" checked' in page
