"""The list of paper forms that business support keeps: sent and received, by review and role."""

from dataclasses import dataclass
from datetime import date

from consult_app import clock
from consult_app.models.kinds import Channel, ReviewKind, Role
from consult_app.records import values
from consult_app.records.line import Line
from consult_app.records.ssda903 import CHILD_LIMIT


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form for one respondent; no date means not sent, or not received."""

    child: str
    review_on: date
    kind: ReviewKind
    role: Role
    sent_on: date | None
    received_on: date | None
    channel: Channel


def read_form(line: Line) -> FormRow | None:
    """A row of the log: it needs a child, the review's date and kind, and a role."""
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    review_on = line.day_or_left_out("review_on", "review-date")
    kind, role = _kind(line), values.named(values.ROLES, line.text("role"))
    if role is None:
        line.leave_out("role", "role", "is not a role known")
    if child is None or review_on is None or kind is None or role is None:
        return None
    sent_on, received_on = line.day("sent", "sent-date"), line.day("received", "received-date")
    _check_order(line, sent_on, received_on)
    channel = line.choice("channel", values.CHANNELS) or Channel.IMPORTED
    return FormRow(child, review_on, kind, role, sent_on, received_on, channel)


def _kind(line: Line) -> ReviewKind | None:
    text = line.text("kind")
    kind = values.named(values.REVIEW_KINDS, text) if text else ReviewKind.CARED_FOR
    if kind is None:
        line.leave_out("kind", "review-kind", "is not cared_for or pathway_plan")
    return kind


def _check_order(line: Line, sent_on: date | None, received_on: date | None) -> None:
    today = clock.today()
    if received_on and not sent_on:
        line.warn("sent", "never-sent", "received but with no date of sending")
    if sent_on and received_on and received_on < sent_on:
        line.warn("received", "received-before-sent", "earlier than the date of sending")
    for field, day in (("sent", sent_on), ("received", received_on)):
        if day and day > today:
            line.warn(field, "future-date", "is in the future")
