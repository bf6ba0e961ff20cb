"""Promise S1: staff see only what is theirs. Made from the service's own list of routes."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Update, update
from werkzeug.routing import Rule

from consult_app.models.review import Review
from consult_app.models.staff import Staff
from tests.staff.conftest import CANARY, House

OPEN = {"security.login", "security.logout"}
EVERYONE = {"own": 200, "other": 200, "manager": 200, "support": 200}
OFFICERS_AND_MANAGER = EVERYONE | {"support": 403}
OWN_ONLY = {"own": 200, "other": 403, "manager": 403, "support": 403}
STATUS_ONLY = {"own": 403, "other": 403, "manager": 200, "support": 200}
RULES = {
    "staff.show_desk": EVERYONE,
    "staff.show_concerns": OFFICERS_AND_MANAGER,
    "staff.show_chasing": {"own": 403, "other": 403, "manager": 200, "support": 200},
    "staff_unplaced.show_texts": EVERYONE,
    "staff_unplaced.place_text": dict.fromkeys(EVERYONE, 404),
    "staff_number.show_number": OWN_ONLY | {"support": 200},
    "staff_number.judge_number": {"own": 404, "other": 403, "manager": 403, "support": 404},
    "staff_review.show_pack": OWN_ONLY,
    "staff_review.show_read_out": OWN_ONLY,
    "staff_review.show_after": OWN_ONLY,
    "staff_review.record_after": OWN_ONLY,
    "staff_review.close_concern": OWN_ONLY,
    "staff_review.raise_concern": OWN_ONLY | {"support": 200},
    "staff_attachment.show_attachment": OWN_ONLY,
    "staff_recording.show_recordings": STATUS_ONLY,
    "staff_recording.keep_recording": STATUS_ONLY | {"manager": 422, "support": 422},
    "staff_beside.show_beside": OWN_ONLY | {"support": 200},
    "staff_beside.sit_beside": OWN_ONLY | {"support": 200},
    "staff_link.show_link": OWN_ONLY | {"support": 200},
    "staff_link.make_link": OWN_ONLY | {"support": 200},
    "staff_queue.show_queue": STATUS_ONLY,
    "staff_queue.decide_unknown": STATUS_ONLY | {"manager": 404, "support": 404},
    "staff_languages.show_languages": EVERYONE,
    "staff_languages.show_strings": EVERYONE,
    "figures.show_figures": OFFICERS_AND_MANAGER,
    "figures.take_figures": OFFICERS_AND_MANAGER,
}
"""What each of the house gets at each page about the review of the officer `own`."""


def _closing(name: str) -> Update:
    return update(Staff).where(Staff.fs_uniquifier == f"account-{name}").values(active=False)


def _orphaning(review: int) -> tuple[Update, Update]:
    return (
        update(Review).where(Review.id == review).values(iro_id=None),
        update(Staff).where(Staff.fs_uniquifier == "account-own").values(iro_id=None),
    )


def _rules(app: Flask) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff") and rule.endpoint not in OPEN
    ]


def _visits(app: Flask, house: House) -> list[tuple[str, str, str]]:
    """Every staff address with its method and endpoint."""
    values = {
        "review_id": house.review,
        "concern_id": house.concern,
        "consultation_id": house.consultation,
        "name": "forms",
        "form": "csv",
        "key": house.attachment,
        "message_id": 77,
        "inbound_id": 77,
        "tag": "ti",
    }
    with app.test_request_context():
        return [
            (rule.endpoint, method, rule.build(values, append_unknown=False)[1])
            for rule in _rules(app)
            for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"})
        ]


def test_every_staff_page_has_a_rule(app: Flask) -> None:
    assert {rule.endpoint for rule in _rules(app)} == set(RULES)


def test_every_staff_page_is_guarded(app: Flask) -> None:
    bare = [
        rule.endpoint
        for rule in _rules(app)
        if not getattr(app.view_functions[rule.endpoint], "allowed_roles", None)
    ]
    assert bare == []


@pytest.mark.parametrize("who", ["own", "other", "manager", "support"])
def test_each_enters_what_is_theirs(
    app: Flask, house: House, enter: Callable[[str], FlaskClient], who: str
) -> None:
    client = enter(who)
    got = {
        (endpoint, method): client.open(address, method=method).status_code
        for endpoint, method, address in _visits(app, house)
    }
    assert got == {(endpoint, method): RULES[endpoint][who] for endpoint, method in got}


@pytest.mark.parametrize("who", ["other", "manager", "support"])
def test_an_answer_reaches_nobody_but_its_officer(
    app: Flask, house: House, enter: Callable[[str], FlaskClient], who: str
) -> None:
    client = enter(who)
    pages = [
        client.open(address, method=method).get_data(as_text=True)
        for _, method, address in _visits(app, house)
    ]
    assert all(CANARY not in page for page in pages)


def test_its_officer_reads_the_answer(house: House, enter: Callable[[str], FlaskClient]) -> None:
    """The canary sings where it may: else the test above could not fail."""
    client = enter("own")
    assert f"{CANARY} iro" in client.get(f"/staff/review/{house.review}").text
    assert f"{CANARY} concern" in client.get("/staff/concerns").text
    assert f"{CANARY} text" in client.get("/staff/texts").text
    assert f"{CANARY} voice".encode() in client.get(f"/staff/attachment/{house.attachment}").data


def test_another_officers_desk_shows_no_name(
    house: House, enter: Callable[[str], FlaskClient]
) -> None:
    assert house.child_name in enter("own").get("/staff/").text
    assert house.child_name not in enter("other").get("/staff/").text


def test_nobody_enters_without_signing_in(app: Flask, house: House) -> None:
    client = app.test_client()
    for _, method, address in _visits(app, house):
        reply = client.open(address, method=method)
        assert reply.status_code == 302, address
        assert "/staff/sign-in" in reply.headers["Location"], address


def test_a_closed_account_is_out_at_once(
    app: Flask, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    client = enter("own")
    assert client.get("/staff/").status_code == 200
    with app.extensions["consult_database"].transaction() as session:
        session.execute(_closing("own"))
    assert client.get("/staff/").status_code == 302


def test_an_officer_without_a_reference_sees_no_review(
    app: Flask, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    """A review without an officer belongs to no one, not to whoever has none."""
    with app.extensions["consult_database"].transaction() as session:
        for change in _orphaning(house.review):
            session.execute(change)
    client = enter("own")
    assert house.child_name not in client.get("/staff/").text
    assert client.get(f"/staff/review/{house.review}").status_code == 403
    assert CANARY not in client.get("/staff/concerns").text + client.get("/staff/texts").text


def test_a_review_that_is_not_there(house: House, enter: Callable[[str], FlaskClient]) -> None:
    assert enter("own").get("/staff/review/77").status_code == 404
