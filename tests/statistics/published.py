"""The published tables, and records made to their counts."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from consult_app.db import Base
from consult_app.models.child import Child
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, ReviewKind, ReviewStatus, Role
from consult_app.models.review import Review
from consult_app.statistics.table import Period

FACTS = Path(__file__).resolve().parent.parent / "facts"

FORMS_YEAR = Period(date(2016, 4, 1), date(2017, 3, 31))
CODES_YEAR = Period(date(2015, 4, 1), date(2016, 3, 31))


def forms() -> list[tuple[str, str, int, int]]:
    """Kind of review, role, sent and received, as Cheshire East printed them for 2016/17."""
    with (FACTS / "cheshire_east_2016_17_forms.csv").open() as sheet:
        return [
            (row["review_kind"], row["role"], int(row["sent"]), int(row["received"]))
            for row in csv.DictReader(sheet)
        ]


def codes() -> dict[str, int]:
    """Reviews by participation code, as Southwark printed them for 2015/16."""
    with (FACTS / "southwark_2015_16_participation.csv").open() as sheet:
        return {row["code"]: int(row["reviews"]) for row in csv.DictReader(sheet)}


def held_review(child: Child, day: date, **values: object) -> Review:
    """A review of `child` held on `day`."""
    return Review(child_id=child.id, status=ReviewStatus.HELD, held_on=day, day=day, **values)


def records_of_forms() -> Iterator[Base]:
    """One review a form: children, reviews and consultations to the counts of `forms`."""
    day = date(2016, 9, 15)
    for kind, role, sent, received in forms():
        for number in range(sent):
            child = Child(reference=f"{kind}-{role}-{number}")
            review = held_review(child, day, kind=ReviewKind(kind))
            yield child
            yield review
            back = number < received
            yield Consultation(
                review_id=review.id,
                role=Role(role),
                status=ConsultationStatus.SUBMITTED if back else ConsultationStatus.SENT,
                sent_at=datetime(2016, 8, 30, 9, tzinfo=UTC),
                submitted_at=datetime(2016, 9, 10, 9, tzinfo=UTC) if back else None,
            )


def records_of_codes() -> Iterator[Base]:
    """One child a review, to the counts of `codes`."""
    for code, reviews in codes().items():
        for number in range(reviews):
            child = Child(reference=f"{code}-{number}")
            yield child
            yield held_review(child, date(2015, 11, 4), participation=code)
