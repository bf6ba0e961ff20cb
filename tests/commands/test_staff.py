"""`consult staff add` on the terminal."""

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from consult_app import language, sealing
from consult_app.commands.say import Refused
from consult_app.commands.staff import staff
from consult_app.db import Database
from consult_app.models.staff import Staff
from tests import factories
from tests.conftest import TEST_KEY, environment

PASSWORD = "a long enough password"


def _add(database_url: str, *words: str) -> Result:
    run = CliRunner().invoke(staff, ["add", *words], env=environment(database_url))
    sealing.use(sealing.KeyRing([TEST_KEY]))
    language.load()
    return run


def test_an_officer_gets_an_account(database: Database, database_url: str) -> None:
    with database.transaction() as session:
        iro = factories.make_iro(session, reference="IRO-3").id
    done = _add(database_url, "kim@westmere.example", "--role", "iro", "--role", "manager",
                "--officer", "IRO-3", "--name", "Kim", "--password", PASSWORD)  # fmt: skip
    assert done.output == "kim@westmere.example can sign in as iro, manager\n"
    with database.reading() as session:
        kept = session.scalars(select(Staff)).unique().one()
    assert (kept.iro_id, {role.name for role in kept.roles}) == (iro, {"iro", "manager"})


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("kim@westmere.example", "--role", "iro", "--password", PASSWORD), "no officer"),
        (("kim", "--role", "support", "--password", PASSWORD), "not an e-mail"),
        (("kim@westmere.example", "--role", "support", "--password", "short"), "fewer than 12"),
    ],
)
def test_what_is_wrong_is_one_line_and_adds_nothing(
    database: Database, database_url: str, words: tuple[str, ...], fault: str
) -> None:
    done = _add(database_url, *words)
    assert isinstance(done.exception, Refused)
    assert fault in str(done.exception)
    with database.reading() as session:
        assert session.scalars(select(Staff)).first() is None


def test_an_unknown_role_is_a_usage_error(database_url: str, database: Database) -> None:
    done = _add(database_url, "kim@westmere.example", "--role", "king", "--password", PASSWORD)
    assert done.exit_code == 2
    assert "'king' is not one of" in done.output
