"""Whether everyone who was there to be asked was asked (domain notes, measures, "coverage")."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from consult_app.db import Coded
from consult_app.models.consultation import Consultation
from consult_app.models.involvement import Involvement
from consult_app.models.kinds import ConsultationStatus, Purpose, ReviewKind, Role
from consult_app.models.review import Review
from consult_app.statistics import dimensions
from consult_app.statistics.forms import EXPECTED, place_of
from consult_app.statistics.table import Found, Period, Rate, Row, percent

BY = ("role", "review_kind", *dimensions.OF_REVIEWS)
OWN_COLUMNS = ("role", "review_kind")
COUNTS = ("reviews", "asked", "not_consulted")
THEMSELVES = (Role.CHILD, Role.CARE_LEAVER)

Place = tuple[tuple[str, str], ...]
Counts = dict[tuple[str, Place, str], dict[str, int]]


def coverage(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Reviews with a form sent to a role, of those where the role was there to be asked.

    There to be asked: the child always, anyone in the records of the child, anyone asked.
    Involvement carries no dates, so today's people stand for those of the period.
    """
    extra = [name for name in by if name not in OWN_COLUMNS]
    counts = {} if extra else _expected()
    for row in session.execute(_statement(period, extra)).mappings():
        place = tuple(dimensions.values(row, extra).items())
        counts[str(row["kind"]), place, str(row["role"])] = {name: row[name] for name in COUNTS}
    total = {name: sum(found[name] for found in counts.values()) for name in COUNTS}
    return Found(
        rows=_rows(counts),
        rates=[
            Rate("asked", total["asked"], total["reviews"]),
            Rate("not_consulted", total["not_consulted"], total["reviews"]),
        ],
        share=("asked", "reviews"),
    )


def _expected() -> Counts:
    empty = dict.fromkeys(COUNTS, 0)
    return {
        (str(kind), (), str(role)): dict(empty)
        for kind, roles in EXPECTED.items()
        for role in roles
    }


def _statement(period: Period, by: Sequence[str]) -> Select[Any]:
    place = dimensions.columns(by)
    there = _there(period)
    chosen = select(
        Review.kind,
        there.c.role,
        *place,
        func.count().label("reviews"),
        func.count().filter(there.c.sent == 1).label("asked"),
        func.count().filter(and_(there.c.sent == 0, there.c.reasoned == 1)).label("not_consulted"),
    ).select_from(Review)
    chosen = chosen.join(there, there.c.review_id == Review.id)
    return dimensions.joined(chosen, by).group_by(Review.kind, there.c.role, *dimensions.labels(by))


def _there(period: Period) -> Subquery:
    """One row for each review and role that was there: was a form sent, was a reason given."""
    status = Consultation.status
    sent = and_(Consultation.sent_at.is_not(None), status != ConsultationStatus.UNDELIVERABLE)
    reasoned = status == ConsultationStatus.NOT_CONSULTED
    asked = _one(_own(Consultation.role), _flag(sent), _flag(reasoned)).join(
        Consultation,
        and_(Consultation.review_id == Review.id, Consultation.purpose == Purpose.BEFORE),
    )
    known = _one(_own(Involvement.role), literal(0), literal(0)).join(
        Involvement, Involvement.child_id == Review.child_id
    )
    child = _one(_own(literal(Role.CHILD.value)), literal(0), literal(0))
    every = union_all(*(part.where(dimensions.held(period)) for part in (asked, known, child)))
    all_of_them = every.subquery()
    return (
        select(
            all_of_them.c.review_id,
            all_of_them.c.role,
            func.max(all_of_them.c.sent).label("sent"),
            func.max(all_of_them.c.reasoned).label("reasoned"),
        )
        .group_by(all_of_them.c.review_id, all_of_them.c.role)
        .subquery()
    )


def _one(role: Any, sent: Any, reasoned: Any) -> Select[Any]:
    return select(
        Review.id.label("review_id"),
        role.label("role"),
        sent.label("sent"),
        reasoned.label("reasoned"),
    ).select_from(Review)


def _own(role: Any) -> ColumnElement[Any]:
    """The child of a pathway plan review is a care leaver, however the files put it."""
    coded = Coded(Role, 20)
    themselves = case(
        (Review.kind == ReviewKind.PATHWAY_PLAN, literal(Role.CARE_LEAVER, coded)),
        else_=literal(Role.CHILD, coded),
    )
    return case((role.in_([one.value for one in THEMSELVES]), themselves), else_=role)


def _flag(rule: ColumnElement[bool]) -> ColumnElement[int]:
    return case((rule, 1), else_=0)


def _rows(counts: Counts) -> list[Row]:
    order = sorted(counts, key=lambda key: (key[0], key[1], place_of(key[2])))
    return [_row(key, counts[key]) for key in order]


def _row(key: tuple[str, Place, str], found: Mapping[str, int]) -> Row:
    kind, place, role = key
    return {
        "review_kind": kind,
        "role": role,
        **dict(place),
        **found,
        "percent": percent(found["asked"], found["reviews"]),
    }
