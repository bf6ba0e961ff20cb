"""Remind who was asked and has not answered, never more often than the settings allow."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from consult_app import clock, workdays
from consult_app.actions.inviting import asking
from consult_app.actions.inviting.asking import Desk, Note
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, MessageKind
from consult_app.models.message import Message
from consult_app.outbox.quiet import UNASKED


def remind(desk: Desk, on: date) -> int:
    """Queue the reminders due on a day; how many were queued.

    When a run was missed only the latest reminder goes, and an earlier one never follows it.
    """
    posted = _posted(desk)
    silent = asking.still_ahead(desk, ConsultationStatus.SENT, on)
    return sum(_remind_one(desk, row, on, posted[row.id]) for row in silent)


def _posted(desk: Desk) -> Mapping[int, set[str]]:
    """What was posted for each silent consultation, by once_key."""
    found: dict[int, set[str]] = defaultdict(set)
    query = (
        select(Message.consultation_id, Message.once_key)
        .join(Message.consultation)
        .where(
            Consultation.status == ConsultationStatus.SENT,
            Message.kind.in_(UNASKED),
        )
    )
    for consultation_id, once_key in desk.session.execute(query):
        if consultation_id is not None:
            found[consultation_id].add(once_key)
    return found


def _remind_one(desk: Desk, row: Consultation, on: date, posted: set[str]) -> bool:
    """Queue the latest reminder that is due and not yet posted; only after our own invitation."""
    if row.sent_at is None or f"{asking.INVITATION.once}:{row.id}" not in posted:
        return False
    asked_on = clock.in_london(row.sent_at).date()
    added = desk.settings.bank_holidays
    days = desk.settings.reminder_days
    due = [n for n, wait in enumerate(days, 1) if workdays.after(asked_on, wait, added) <= on]
    later = {f"{_note(n).once}:{row.id}" for n in range(len(due) or 1, len(days) + 1)}
    if not due or posted & later:
        return False
    return asking.send(desk, row, _note(due[-1]))


def _note(number: int) -> Note:
    """A reminder; the second goes by another channel, where there is one."""
    name = f"reminder{number}"
    return Note(name, name, MessageKind.REMINDER, letter="again", elsewhere=number > 1)
