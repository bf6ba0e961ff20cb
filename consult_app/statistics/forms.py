"""Consultation forms: sent, received, in time (domain notes, measures, "Consultation")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, Purpose, ReviewKind, Role
from consult_app.models.review import Review
from consult_app.statistics import dimensions
from consult_app.statistics.moments import in_time
from consult_app.statistics.table import ALL, Found, Note, Period, Rate, Row, percent

EXPECTED: dict[str, tuple[Role, ...]] = {
    ReviewKind.CARED_FOR: (Role.CHILD, Role.PARENT, Role.CARER, Role.HEALTH, Role.EDUCATION),
    ReviewKind.PATHWAY_PLAN: (Role.CARE_LEAVER, Role.PARENT),
}
"""Who is printed for each kind of review even when nobody was asked."""

ORDER = (Role.CHILD, Role.CARE_LEAVER, *(role for role in Role))
"""The order of roles in a table: whom it is about, then the others."""

LEFT_OUT = (ConsultationStatus.UNDELIVERABLE, ConsultationStatus.NOT_INVOLVED)
"""Sent, but on neither side of the rate: their number stands beside it."""

SENT = and_(Consultation.sent_at.is_not(None), Consultation.status.not_in(LEFT_OUT))
RECEIVED = and_(SENT, Consultation.submitted_at.is_not(None))

TALLIES = {
    "sent": SENT,
    "received": RECEIVED,
    "received_in_time": and_(RECEIVED, in_time()),
    "started_not_submitted": and_(
        SENT, Consultation.started_at.is_not(None), Consultation.submitted_at.is_(None)
    ),
    "received_without_sending": and_(
        Consultation.sent_at.is_(None),
        Consultation.submitted_at.is_not(None),
        Consultation.status.not_in(LEFT_OUT),
    ),
    "undeliverable": Consultation.status == ConsultationStatus.UNDELIVERABLE,
    "not_involved": Consultation.status == ConsultationStatus.NOT_INVOLVED,
    "not_consulted": Consultation.status == ConsultationStatus.NOT_CONSULTED,
    "declined": Consultation.status == ConsultationStatus.DECLINED,
}
"""What is counted of each group, and when a form counts."""

NOTES = tuple(TALLIES)[4:]
OWN_COLUMNS = ("role", "review_kind")
BY = (*OWN_COLUMNS, "channel", "begun_by", "language", *dimensions.OF_REVIEWS)


@dataclass(frozen=True)
class _Group:
    """One row's place: what kind of review, the breakdown, whose form."""

    kind: str
    place: tuple[tuple[str, str], ...]
    role: str


Groups = dict[_Group, dict[str, int]]


def forms(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Forms of the reviews held in the period, by kind and role; cost grows with those forms."""
    extra = [name for name in by if name not in OWN_COLUMNS]
    groups = _expected() if not extra else {}
    for row in session.execute(_statement(period, extra)).mappings():
        place = tuple(dimensions.values(row, extra).items())
        group = _Group(row["kind"], place, row["role"])
        _add(groups, group, {name: row[name] for name in TALLIES})
    total = {name: sum(tally[name] for tally in groups.values()) for name in TALLIES}
    return Found(
        rows=list(_rows(groups)),
        rates=_rates(total),
        notes=[Note(name, total[name]) for name in NOTES],
        share=("received", "sent"),
    )


def _statement(period: Period, by: Sequence[str]) -> Select[Any]:
    place = dimensions.columns(by)
    counts = [func.count().filter(rule).label(name) for name, rule in TALLIES.items()]
    chosen = select(Review.kind, Consultation.role, *place, *counts).select_from(Review)
    chosen = chosen.join(
        Consultation,
        and_(Consultation.review_id == Review.id, Consultation.purpose == Purpose.BEFORE),
    )
    chosen = dimensions.joined(chosen, by).where(dimensions.held(period))
    return chosen.group_by(Review.kind, Consultation.role, *dimensions.labels(by))


def _expected() -> Groups:
    empty = dict.fromkeys(TALLIES, 0)
    return {
        _Group(kind, (), role): dict(empty) for kind, roles in EXPECTED.items() for role in roles
    }


def _add(groups: Groups, group: _Group, tally: dict[str, int]) -> None:
    before = groups.get(group, dict.fromkeys(tally, 0))
    groups[group] = {name: before[name] + count for name, count in tally.items()}


def _rows(groups: Groups) -> Iterable[Row]:
    """Each kind and place: a row a role, then all of them together."""
    order = sorted(groups, key=lambda group: (group.kind, group.place, place_of(group.role)))
    for (kind, place), inside in groupby(order, key=lambda group: (group.kind, group.place)):
        found = list(inside)
        yield from (_row(group, [groups[group]]) for group in found)
        yield _row(_Group(kind, place, ALL), [groups[group] for group in found])


def place_of(role: str) -> int:
    """Where a role stands among the others of its table."""
    return ORDER.index(Role(role))


def _row(group: _Group, tallies: Sequence[dict[str, int]]) -> Row:
    sent = sum(tally["sent"] for tally in tallies)
    received = sum(tally["received"] for tally in tallies)
    return {
        "review_kind": str(group.kind),
        "role": str(group.role),
        **dict(group.place),
        "sent": sent,
        "received": received,
        "percent": percent(received, sent),
    }


def _rates(total: dict[str, int]) -> list[Rate]:
    sent, received, timely = total["sent"], total["received"], total["received_in_time"]
    return [
        Rate("response_rate", received, sent),
        Rate("in_time", timely, received),
        Rate("late", received - timely, received),
        Rate("started_not_submitted", total["started_not_submitted"], sent),
    ]
