"""People and what they are to a child."""

from consult_app import sealing
from consult_app.actions.importing.desk import Desk, expect_child
from consult_app.actions.importing.known import KnownChild, KnownInvolvement, KnownPerson
from consult_app.actions.importing.ledger import Values, opened, resealed
from consult_app.actions.importing.numbers import number_changed
from consult_app.db import new_id
from consult_app.models.kinds import Role
from consult_app.records.line import Line
from consult_app.records.people import PersonRow

OWN_ROLES = (Role.CHILD, Role.CARE_LEAVER)


def take_person(desk: Desk, line: Line, row: PersonRow) -> None:
    """One person's part in one child's life; a person of three children has three rows."""
    child = expect_child(desk, line, row.child, "child-unknown")
    person = _person(desk, row)
    said = (
        row.name, row.mobile, row.language_read, row.language_spoken, row.interpreter, row.reading,
        row.whatsapp, row.email, row.address,
    )  # fmt: skip
    before = desk.seen.setdefault(row.reference, hash(said))
    if before == hash(said):
        _note_person(desk, person, row)
    else:
        line.warn("reference", "person-differs", "an earlier row says otherwise of this person")
    if desk.seen_before((row.child, row.reference, row.role)):
        line.warn(
            "reference", "duplicate", "this person was in the file before: the first row stands"
        )
        return
    _involve(desk, child, person, row)
    if row.role in OWN_ROLES:
        _note_child(desk, child, row)


def _note_child(desk: Desk, child: KnownChild, row: PersonRow) -> None:
    """What the child's own row says of the child: a first name, needs in communication."""
    said: Values = resealed(child, "first_name", row.name.split()[0]) if row.name else {}
    if row.communication_needs is not None:
        said["communication_needs"] = row.communication_needs
    desk.ledger.change(child, **said)


def _person(desk: Desk, row: PersonRow) -> KnownPerson:
    person = desk.known.people.get(row.reference)
    if person is None:
        person = KnownPerson(new_id(), row.reference)
        desk.known.people[row.reference] = person
        desk.ledger.insert(person)
    return person


def _note_person(desk: Desk, person: KnownPerson, row: PersonRow) -> None:
    """Blank cells change nothing, but a number that is gone from its cell is forgotten."""
    said: Values = resealed(person, "name", row.name) if row.name else {}
    if row.has_mobile and row.mobile != opened(person, "mobile"):
        said |= number_changed(desk, person, row.mobile)
    said |= _other_ways(person, row)
    if row.language_read:
        said["language_read"] = row.language_read
    if row.language_spoken:
        said["language_spoken"] = row.language_spoken
    if row.interpreter is not None:
        said["interpreter"] = row.interpreter
    if row.reading is not None:
        said["reading"] = row.reading
    desk.ledger.change(person, **said)


def _other_ways(person: KnownPerson, row: PersonRow) -> Values:
    """E-mail, address and WhatsApp; what is gone from its cell is forgotten, as a number is."""
    said: Values = {} if row.whatsapp is None else {"whatsapp": row.whatsapp}
    if row.has_email and row.email != opened(person, "email"):
        said |= resealed(person, "email", row.email)
        said["email_hash"] = sealing.ring().hash(row.email) if row.email else None
    if row.has_address:
        said |= resealed(person, "address", row.address)
    return said


def _involve(desk: Desk, child: KnownChild, person: KnownPerson, row: PersonRow) -> None:
    key = (child.id, person.id, row.role)
    part = desk.known.involvements.get(key)
    if part is None:
        part = KnownInvolvement(new_id(), *key)
        desk.known.involvements[key] = part
        desk.ledger.insert(part)
    said: Values = {"contact_ok": row.contact_ok}
    said |= resealed(part, "contact_reason", row.contact_reason or None)
    if row.parental_responsibility is not None:
        said["parental_responsibility"] = row.parental_responsibility
    desk.ledger.change(part, **said)
