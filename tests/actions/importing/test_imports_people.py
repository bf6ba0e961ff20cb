"""People from the list: found by their reference, sealed, asked only where that is said."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.models.child import Child
from consult_app.models.involvement import Involvement
from consult_app.models.kinds import Role
from consult_app.models.person import Person
from consult_app.sealing import ring
from tests.actions.importing.files import PEOPLE, take


def person(session: Session, reference: str) -> Person:
    """A person by reference."""
    return session.scalars(select(Person).where(Person.reference == reference)).one()


def test_a_carer_of_three_children_is_one_person(session: Session, tmp_path: Path) -> None:
    rows = "\n".join(f"00{n},P1,carer,Sam Example,07700 900123,Arabic,y,y,n" for n in range(3))
    taken = take(session, tmp_path, PEOPLE + rows)
    assert taken.counts == {"new": 3}
    assert [rule for _, rule in taken.rules] == ["child-unknown"] * 3
    sam = person(session, "P1")
    assert (sam.name, sam.mobile, sam.language_read, sam.interpreter) == (
        "Sam Example",
        "+447700900123",
        "ar",
        True,
    )
    assert sam.mobile_hash == ring().hash("+447700900123")
    assert len(session.scalars(select(Involvement)).all()) == 3


def test_nothing_private_lies_open(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, PEOPLE + "1,P1,parent,Secret Name,07700 900123,,,n: secret why,y")
    sealed = person(session, "P1")
    part = session.scalars(select(Involvement)).one()
    assert (part.contact_ok, part.contact_reason) == (False, "secret why")
    assert part.parental_responsibility
    for value in (sealed.name_sealed, sealed.mobile_sealed, part.contact_reason_sealed):
        assert value is not None
        assert not any(word in value for word in (b"Secret", b"7700", b"secret"))


def test_the_child_gets_their_first_name(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, PEOPLE + "007,,child,Alex van Example,,Tigrinya,,y,")
    assert session.scalars(select(Child)).one().first_name == "Alex"
    assert person(session, "child-007").language_read == "ti"
    assert session.scalars(select(Involvement)).one().role is Role.CHILD


def test_a_number_that_is_gone_is_forgotten_and_other_blanks_keep(
    session: Session, tmp_path: Path
) -> None:
    take(session, tmp_path, PEOPLE + "1,P1,parent,Sam Example,07700 900123,ti,y,y,y")
    assert take(session, tmp_path, PEOPLE + "1,P1,parent,,,,,y,").counts == {"changed": 1}
    sam = person(session, "P1")
    assert (sam.mobile, sam.mobile_hash) == (None, None)
    assert (sam.name, sam.language_read, sam.interpreter) == ("Sam Example", "ti", True)


def test_without_a_number_column_numbers_stay(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, PEOPLE + "1,P1,parent,Sam Example,07700 900123,ti,y,y,y")
    taken = take(session, tmp_path, "child_id,person_ref,role,name,contact_ok\n1,P1,parent,Sam,y")
    assert taken.counts == {"changed": 1}
    assert person(session, "P1").mobile == "+447700900123"


def test_rows_that_disagree_leave_the_first(session: Session, tmp_path: Path) -> None:
    text = PEOPLE + (
        "1,P1,carer,Sam Example,07700 900123,,,y,\n"
        "2,P1,carer,Sam Example,07700 900124,,,y,\n"
        "1,P1,carer,Sam Example,07700 900123,,,n,"
    )
    taken = take(session, tmp_path, text)
    assert taken.rules[1:] == [(3, "child-unknown"), (3, "person-differs"), (4, "duplicate")]
    assert person(session, "P1").mobile == "+447700900123"
    assert all(part.contact_ok for part in session.scalars(select(Involvement)))


def test_whoever_is_not_said_to_be_asked_is_not(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, "child_id,person_ref,role,name\n1,P1,parent,Sam Example")
    assert not session.scalars(select(Involvement)).one().contact_ok


def test_needs_in_communication_come_from_the_childs_own_row(
    session: Session, tmp_path: Path
) -> None:
    heading = PEOPLE.rstrip("\n") + ",communication\n"
    take(session, tmp_path, heading + "1,,child,Alex,,,,y,,y\n2,P2,carer,Sam,,,,y,,y")
    found = session.scalars(select(Child).order_by(Child.reference)).all()
    assert [child.communication_needs for child in found] == [True, False]
    take(session, tmp_path, heading + "1,,child,,,,,y,,")
    session.expire_all()
    assert session.scalars(select(Child).order_by(Child.reference)).first().communication_needs
    take(session, tmp_path, heading + "1,,child,,,,,y,,n")
    session.expire_all()
    assert not session.scalars(select(Child).order_by(Child.reference)).first().communication_needs


WAYS = "child_id,person_ref,role,name,mobile,contact_ok,whatsapp,email,address\n"


def test_other_ways_to_reach_somebody(session: Session, tmp_path: Path) -> None:
    row = (
        '1,P1,carer,Sam Example,07700 900123,y,y,Sam@Example.ORG,"1 High Street, Westmere, WM1 1AA"'
    )
    assert take(session, tmp_path, WAYS + row).rules == [(2, "child-unknown")]
    sam = person(session, "P1")
    assert (sam.whatsapp, sam.email) == (True, "sam@example.org")
    assert sam.email_hash == ring().hash("sam@example.org")
    assert sam.address == "1 High Street\nWestmere\nWM1 1AA"
    assert sam.email_sealed
    assert b"example" not in sam.email_sealed
    take(session, tmp_path, PEOPLE + "1,P1,carer,Sam Example,07700 900123,,,y,")
    session.expire_all()
    assert person(session, "P1").email == "sam@example.org"
    take(session, tmp_path, WAYS + "1,P1,carer,Sam Example,07700 900123,y,n,,")
    session.expire_all()
    sam = person(session, "P1")
    assert (sam.whatsapp, sam.email, sam.email_hash, sam.address) == (False, None, None, None)


def test_what_is_no_address_is_left_blank(session: Session, tmp_path: Path) -> None:
    row = "1,P1,carer,Sam Example,07700 900123,y,maybe,sam at example,Westmere"
    taken = take(session, tmp_path, WAYS + row)
    assert [rule for _, rule in taken.rules] == ["whatsapp", "email", "address", "child-unknown"]
    sam = person(session, "P1")
    assert (sam.whatsapp, sam.email, sam.address) == (False, None, None)
