"""The door: looking changes nothing, a tap opens, and every closed door looks the same."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus
from consult_app.models.link import Link
from consult_app.models.registry import metadata
from consult_app.models.visit import Visit
from tests.channels.web.phone import ask, child_of_nine, consultation, invite


def rows(session) -> dict[str, int]:
    """How many rows every table has."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in metadata.sorted_tables
    }


def test_looking_changes_nothing_however_often(app, database, session):
    consultation_id, token = ask(database)
    before = rows(session)
    scanner = app.test_client()
    for _ in range(5):
        assert scanner.get(f"/r/{token}").status_code == 200
        assert scanner.head(f"/r/{token}").status_code == 200
        assert scanner.options(f"/r/{token}").status_code == 200
    session.rollback()
    assert rows(session) == before
    session.rollback()
    assert consultation(session, consultation_id).status is ConsultationStatus.SENT


def test_the_door_names_nobody(app, database):
    _, token = ask(database)
    html = app.test_client().get(f"/r/{token}").text
    assert "Alex" not in html
    assert "Jo" not in html
    assert "Sam" not in html


def test_a_tap_opens_and_the_token_leaves_the_address(app, database):
    _, phone = child_of_nine(app, database)
    phone.get(f"/r/{phone.token}")
    phone.send("")
    assert phone.at == "/answer/language"
    assert phone.token not in phone.html
    phone.send("/answer/language", l="en-GB")
    assert phone.at == "/answer/readers"
    assert "Jo" in phone.html


def test_a_sign_stuck_to_the_link_does_no_harm(app, database):
    _, phone = child_of_nine(app, database)
    phone.get(f"/r/{phone.token}.")
    phone.send("")
    assert phone.at == "/answer/language"


def dead_links(database) -> dict[str, str]:
    """A link for each way of being dead."""
    dead = {"unknown": "A" * 22, "mistyped": "%00../etc", "far too long": "b" * 3000, "empty": ""}
    now = clock.now()
    with database.transaction() as session:
        for reason, change in {
            "spent": lambda link, _: setattr(link, "expires_at", now - timedelta(seconds=1)),
            "withdrawn": lambda link, _: setattr(link, "withdrawn_at", now),
            "closed": lambda _, asked: setattr(asked, "status", ConsultationStatus.EXPIRED),
        }.items():
            consultation_id, token = ask(database) if session is None else _asked(session)
            change(
                session.query(Link).filter_by(consultation_id=consultation_id).one(),
                session.get_one(Consultation, consultation_id),
            )
            dead[reason] = token
    return dead


def _asked(session) -> tuple[int, str]:
    from tests.factories import make_consultation  # beside the one place that needs the row open

    asked = make_consultation(session)
    token = links.new_link(session, asked, clock.now(), 60)
    session.flush()
    return asked.id, token


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_every_dead_link_is_the_same_page(app, database, tag):
    seen = set()
    for token in dead_links(database).values():
        response = app.test_client().get(f"/r/{token}", headers={"Accept-Language": tag})
        assert response.status_code == 404
        assert f'lang="{tag}"' in response.text
        headers = {name for name, _ in response.headers}
        nonce = response.headers["Content-Security-Policy"].split("nonce-")[1].split("'")[0]
        seen.add((response.text.replace(nonce, ""), tuple(sorted(headers))))
    assert len(seen) == 1


def test_a_dead_link_does_not_open(app, database, session):
    for token in dead_links(database).values():
        if not token or "%" in token:
            continue
        phone = app.test_client()
        form = phone.get("/answer/", follow_redirects=True)
        assert form.status_code == 404
        assert phone.post(f"/r/{token}", data={}).status_code in (400, 404)
    assert session.scalar(select(func.count()).select_from(Visit)) == 0


def test_without_a_visit_every_page_inside_is_closed(client):
    for path in ("", "language", "readers", "way", "q", "q/3", "form/0", "check", "thanks"):
        response = client.get(f"/answer/{path}")
        assert response.status_code == 404
        assert "This page is closed" in response.text


def test_a_visit_that_ran_out_is_the_closed_page(app, database):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    with database.transaction() as session:
        visit = session.query(Visit).filter_by(consultation_id=consultation_id).one()
        visit.expires_at = clock.now() - timedelta(seconds=1)
    phone.get("/answer/q", status=404)
    assert "This page is closed" in phone.html


def test_the_person_is_met_in_their_language(app, database):
    _, phone = invite(app, database, language="ar")
    phone.get(f"/r/{phone.token}")
    assert '<html lang="ar" dir="rtl">' in phone.html
    phone.get(f"/r/{phone.token}?l=ti")
    assert '<html lang="ti" dir="ltr">' in phone.html
    phone.get(f"/r/{phone.token}?l=xx")
    assert '<html lang="ar" dir="rtl">' in phone.html


def test_opening_without_the_forms_token_says_so_kindly(app, database):
    _, token = ask(database)
    response = app.test_client().post(f"/r/{token}")
    assert response.status_code == 400
    assert "Please try that again" in response.text
