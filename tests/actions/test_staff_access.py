"""Who may be given an account."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from consult_app.actions.staff_access import NewAccount, NotAdded, add_staff
from consult_app.models.kinds import StaffRole
from consult_app.models.staff import Staff
from tests import factories

PASSWORD = "a long enough password"


def _new(**changes: object) -> NewAccount:
    values = {
        "email": "Kim@Westmere.example",
        "name": "Kim",
        "password": PASSWORD,
        "roles": [StaffRole.MANAGER],
    }
    return NewAccount(**values | changes)


def test_an_account_keeps_a_hash_and_a_small_address(session: Session) -> None:
    added = add_staff(session, _new())
    assert isinstance(added, Staff)
    assert added.email == "kim@westmere.example"
    assert PASSWORD not in added.password
    assert PasswordHasher().verify(added.password, PASSWORD)


def test_an_officers_account_points_at_the_officer(session: Session) -> None:
    iro = factories.make_iro(session, reference="IRO-7")
    added = add_staff(session, _new(roles=[StaffRole.IRO], iro_reference="IRO-7"))
    assert isinstance(added, Staff)
    assert added.iro_id == iro.id


def test_two_accounts_share_one_role_row(session: Session) -> None:
    first, second = add_staff(session, _new()), add_staff(session, _new(email="b@b.example"))
    assert isinstance(first, Staff)
    assert isinstance(second, Staff)
    assert first.roles == second.roles


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nobody"}, "not an e-mail"),
        ({"password": "short"}, "fewer than 12"),
        ({"roles": []}, "at least one role"),
        ({"roles": [StaffRole.IRO], "iro_reference": "X"}, "no officer has the reference 'X'"),
        ({"roles": [StaffRole.IRO]}, "no officer"),
    ],
)
def test_what_is_refused(session: Session, changes: dict[str, object], words: str) -> None:
    refused = add_staff(session, _new(**changes))
    assert isinstance(refused, NotAdded)
    assert words in refused.reason


def test_an_address_has_one_account(session: Session) -> None:
    add_staff(session, _new())
    again = add_staff(session, _new(email="KIM@westmere.example"))
    assert isinstance(again, NotAdded)
    assert "already" in again.reason
