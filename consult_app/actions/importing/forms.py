"""Paper forms from the log: what was sent and what came back, review by review."""

from datetime import UTC, date, datetime, time

from consult_app import clock
from consult_app.actions.importing.desk import Desk, expect_child
from consult_app.actions.importing.known import KnownConsultation
from consult_app.actions.importing.ledger import Values
from consult_app.actions.importing.reviews import find_or_make
from consult_app.db import new_id
from consult_app.models.kinds import ConsultationStatus, Role
from consult_app.records.forms_log import FormRow
from consult_app.records.line import Line

NOON = time(12)
ONE_OF_A_KIND = (Role.CHILD, Role.CARE_LEAVER)


def take_form(desk: Desk, line: Line, row: FormRow) -> None:
    """One row is one form; the n-th of a role at a review is always the same respondent's."""
    child = expect_child(desk, line, row.child, "child-unknown")
    review = find_or_make(desk, child, row.kind, row.review_on)
    turn = (review.id, row.role)
    desk.turns[turn] += 1
    ordinal = desk.turns[turn]
    if ordinal > 1 and row.role in ONE_OF_A_KIND:
        line.warn("role", "duplicate", "a second form of the child for one review: kept")
    known = desk.known.consultations.get((*turn, ordinal))
    if known is None:
        known = KnownConsultation(new_id(), *turn, ordinal, _status(row))
        desk.known.consultations[*turn, ordinal] = known
        desk.ledger.insert(known)
    if known.questionnaire is None:
        desk.ledger.change(known, **_said(row))
    else:
        _complete(desk, known, row)


def _said(row: FormRow) -> Values:
    """A consultation as the log tells it."""
    return {
        "status": _status(row),
        "sent_at": _at_noon(row.sent_on),
        "submitted_at": _at_noon(row.received_on),
        "channel_begun": row.channel if row.sent_on else None,
        "channel_finished": row.channel if row.received_on else None,
        "finished": row.received_on is not None,
    }


def _status(row: FormRow) -> ConsultationStatus:
    if row.received_on:
        return ConsultationStatus.SUBMITTED
    return ConsultationStatus.SENT if row.sent_on else ConsultationStatus.NOT_CONSULTED


def _complete(desk: Desk, known: KnownConsultation, row: FormRow) -> None:
    """A consultation asked here keeps what is known of it; the log only fills what is blank."""
    said = {name: value for name, value in _said(row).items() if getattr(known, name) is None}
    if row.received_on and known.submitted_at is None:
        said |= {"status": ConsultationStatus.SUBMITTED, "finished": True}
    desk.ledger.change(known, **said)


def _at_noon(day: date | None) -> datetime | None:
    """A day as a moment: noon in England, far from either midnight."""
    return datetime.combine(day, NOON, clock.LONDON).astimezone(UTC) if day else None
