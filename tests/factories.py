"""Rows for tests: each builder makes what is missing around it, adds it to the session, flushes."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.models.child import Child
from consult_app.models.consultation import Consultation
from consult_app.models.involvement import Involvement
from consult_app.models.iro import Iro
from consult_app.models.kinds import ConsultationStatus, Role
from consult_app.models.person import Person
from consult_app.models.review import Review
from consult_app.models.staff import Staff

_numbers = count(1)

BORN_ON = date(2013, 5, 4)


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def mobile(number: int | None = None) -> str:
    """A number from the range for drama, each call the next of its thousand."""
    return f"+447700900{(next(_numbers) if number is None else number) % 1000:03d}"


def make_child(session: Session, **values: Any) -> Child:
    """A child of twelve or so, born 4 May 2013 unless told otherwise."""
    defaults = {"reference": f"C{next(_numbers)}", "first_name": "Alex", "born_on": BORN_ON}
    return _added(session, Child(**defaults | values))


def make_person(session: Session, **values: Any) -> Person:
    """A person; `mobile` is a number or None, and its hash is kept as the service keeps it."""
    from consult_app.sealing import ring  # the ring is loaded by a fixture, after import

    number = values.pop("mobile", None) or mobile()
    defaults = {
        "reference": f"P{next(_numbers)}",
        "name": "Sam Example",
        "mobile": number,
        "mobile_hash": ring().hash(number),
    }
    return _added(session, Person(**defaults | values))


def make_involvement(session: Session, child: Child, role: Role, **values: Any) -> Involvement:
    """A person who is `role` to `child`; made when none is given."""
    person = values.pop("person", None) or make_person(session)
    return _added(session, Involvement(child_id=child.id, person_id=person.id, role=role, **values))


def make_iro(session: Session, **values: Any) -> Iro:
    """A reviewing officer called Jo."""
    return _added(session, Iro(**{"reference": f"I{next(_numbers)}", "name": "Jo Sample"} | values))


def make_review(session: Session, **values: Any) -> Review:
    """A scheduled review ten days from today, of a new child with a new officer unless given."""
    values.setdefault("child", None)
    child = values.pop("child") or make_child(session)
    iro = values.pop("iro", None) or make_iro(session)
    day = values.pop("day", clock.today() + timedelta(days=10))
    defaults = {"child_id": child.id, "iro_id": iro.id, "day": day, "planned_on": day}
    return _added(session, Review(**defaults | values))


def make_consultation(session: Session, **values: Any) -> Consultation:
    """A consultation that has been sent: a child's in full unless told otherwise."""
    role = values.setdefault("role", Role.CHILD)
    review = values.pop("review", None) or make_review(session)
    person = values.pop("person", None) or make_person(session)
    defaults = {
        "review_id": review.id,
        "person_id": person.id,
        "status": ConsultationStatus.SENT,
        "questionnaire": "child_12_15" if role is Role.CHILD else str(role),
        "version": 1,
        "sent_at": clock.now(),
    }
    return _added(session, Consultation(**defaults | values))


def make_staff(session: Session, **values: Any) -> Staff:
    """A member of staff without a usable password; roles as rows in `roles`."""
    number = next(_numbers)
    defaults = {
        "email": f"staff{number}@example.org",
        "password": "!",
        "name": "Kit Sample",
        "fs_uniquifier": f"staff-{number}",
    }
    return _added(session, Staff(**defaults | values))
