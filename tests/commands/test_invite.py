"""`consult invite` says what a batch costs before it goes, by channel and language."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from consult_app import clock
from consult_app.cli import consult
from consult_app.db import Database
from consult_app.models.kinds import Role
from consult_app.models.message import Message
from tests import factories
from tests.commands.conftest import Given
from tests.outbox.letters import posted


@pytest.fixture(autouse=True)
def _mail(environ: Given) -> None:
    environ(MAIL_URL="smtp://127.0.0.1", CONSULT_MAIL_FROM="say@westmere.example")


@pytest.fixture
def asked(database: Database) -> None:
    """A carer who reads Tigrinya and a nurse without a mobile; one text waits from before."""
    with database.transaction() as session:
        posted(session)
        review = factories.make_review(session, day=clock.today() + timedelta(days=10))
        carer = factories.make_person(session, language_read="ti")
        nurse = factories.make_person(session)
        nurse.mobile, nurse.mobile_hash, nurse.email = None, None, "nurse@example.org"
        for role, person in ((Role.CARER, carer), (Role.HEALTH, nurse)):
            factories.make_involvement(session, review.child, role, person=person)


def queued(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def test_a_preview_names_parts_and_pence_and_keeps_nothing(database, asked) -> None:
    done = CliRunner().invoke(consult, ["invite", "--dry-run"], catch_exceptions=False)
    lines = [line.split() for line in done.output.splitlines()]
    assert ["invitation", "email", "en-GB", "1", "1", "0", "0.0"] in lines
    (text,) = [line for line in lines if line[:3] == ["invitation", "sms", "ti"]]
    assert int(text[5]) in (2, 3)
    assert float(text[6]) == int(text[5]) * 4.0
    (total,) = [line for line in lines if line[:1] == ["all"]]
    assert "2" in total
    assert "(nothing was kept)" in done.output
    assert queued(database) == 1


def test_with_other_forms_the_cost_stands_beside_the_table(database, asked) -> None:
    done = CliRunner().invoke(consult, ["invite", "--format", "json"], catch_exceptions=False)
    assert done.stdout.startswith("[")
    assert "pence" not in done.stdout
    assert "pence" in done.stderr
    assert queued(database) == 3
