"""The figures page: who may see it, what it says, what can be taken away."""

import json
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from consult_app.db import Database
from consult_app.models.kinds import StaffRole
from consult_app.models.staff import StaffRoleRow
from consult_app.statistics.measures import MEASURES
from tests.factories import make_staff
from tests.house_check import check_page
from tests.statistics import published

YEAR = "from=2015-04-01&to=2016-03-31"


def signed_in(client: FlaskClient, database: Database, role: StaffRole) -> FlaskClient:
    """`client` as a member of staff with one role; the session is what signing in leaves."""
    with database.transaction() as session:
        staff = make_staff(session, roles=[StaffRoleRow(name=role.value)])
        key = staff.fs_uniquifier
    with client.session_transaction() as cookie:
        cookie["_user_id"] = key
        cookie["_fresh"] = True
    return client


@pytest.fixture
def manager(client: FlaskClient, database: Database) -> FlaskClient:
    """A manager's browser, over the records of a published year."""
    with database.transaction() as session:
        session.add_all(published.records_of_codes())
    return signed_in(client, database, StaffRole.MANAGER)


@pytest.mark.parametrize(
    ("role", "status"),
    [(StaffRole.MANAGER, 200), (StaffRole.IRO, 200), (StaffRole.SUPPORT, 403)],
)
@pytest.mark.parametrize("path", ["/staff/figures", "/staff/figures/forms.csv"])
def test_managers_and_officers_may_see_figures(
    client: FlaskClient, database: Database, role: StaffRole, status: int, path: str
) -> None:
    assert signed_in(client, database, role).get(path).status_code == status


@pytest.mark.parametrize("path", ["/staff/figures", "/staff/figures/forms.json"])
def test_nobody_sees_figures_without_signing_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/staff/sign-in" in answer.headers["Location"]


def test_every_table_has_a_whole_page(manager: FlaskClient) -> None:
    for name, measure in MEASURES.items():
        for by in ("", *measure.by):
            page = manager.get(f"/staff/figures?table={name}&{YEAR}&by={by}")
            assert page.status_code == 200, (name, by)
            check_page(page.get_data(as_text=True), respondent=False)


def test_a_percentage_stands_beside_both_its_sides_and_its_rule(manager: FlaskClient) -> None:
    page = manager.get(f"/staff/figures?table=participation&{YEAR}").get_data(as_text=True)
    assert "1,031 / 1,076" in page
    assert "95.8 %" in page
    assert "PN1 to PN6 ÷ PN1 to PN7" in page
    assert "Reviews held from 1 April 2015 to 31 March 2016" in page


def test_what_cannot_be_calculated_is_a_dash(manager: FlaskClient) -> None:
    page = manager.get(f"/staff/figures?table=forms&{YEAR}").get_data(as_text=True)
    assert ">–</td>" in page
    assert "0.0 %" not in page


@pytest.mark.parametrize(
    "asked", ["from=2026-02-31&to=2026-03-31", "from=2026-04-01&to=2026-03-01"]
)
def test_dates_that_make_no_period_are_said_so(manager: FlaskClient, asked: str) -> None:
    page = manager.get(f"/staff/figures?{asked}")
    assert page.status_code == 200
    assert 'role="alert"' in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/staff/figures?table=people", "/staff/figures/people.csv", "/staff/figures/forms.exe"]
)
def test_a_table_that_is_not_kept_is_not_found(manager: FlaskClient, path: str) -> None:
    assert manager.get(path).status_code == 404


def test_every_chart_is_drawn_here_and_holds_no_script(manager: FlaskClient) -> None:
    for name in MEASURES:
        answer = manager.get(f"/staff/figures/{name}.svg?{YEAR}")
        assert answer.mimetype == "image/svg+xml"
        drawing = ElementTree.fromstring(answer.get_data())
        assert drawing.tag.endswith("svg")
        assert b"<script" not in answer.get_data()


def test_the_chart_prints_each_bar_with_its_number(manager: FlaskClient) -> None:
    drawing = manager.get(f"/staff/figures/participation.svg?{YEAR}").get_data(as_text=True)
    for count in published.codes().values():
        assert f">{count}</text>" in drawing


def test_files_to_take_away_have_names_and_the_same_numbers(manager: FlaskClient) -> None:
    sheet = manager.get(f"/staff/figures/participation.csv?{YEAR}")
    assert "PN1,857" in sheet.get_data(as_text=True)
    named = sheet.headers["Content-Disposition"]
    assert named == 'attachment; filename="participation_2015-04-01_2016-03-31.csv"'
    table = json.loads(manager.get(f"/staff/figures/participation.json?{YEAR}").get_data())
    assert {row["code"]: row["count"] for row in table["rows"]} == published.codes()
