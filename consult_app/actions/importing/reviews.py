"""Reviews from the case system's lists and from the SSDA903 return."""

from datetime import date

from consult_app.actions.importing.desk import Desk, expect_child, find_child, note_birth
from consult_app.actions.importing.known import KnownChild, KnownIro, KnownReview
from consult_app.actions.importing.ledger import Values, resealed
from consult_app.db import new_id
from consult_app.models.kinds import ReviewKind, ReviewStatus, ReviewType
from consult_app.records.line import Line
from consult_app.records.reviews import ReviewRow
from consult_app.records.ssda903 import PastReviewRow

FOUR_YEARS = 4


def take_past_review(desk: Desk, line: Line, row: PastReviewRow) -> None:
    """A review in the return: found by its day, else made; held unless its day is to come."""
    if desk.seen_before((row.child, row.held_on)):
        line.warn(
            "held_on", "duplicate", "this review was in the file before: the first row stands"
        )
        return
    child = expect_child(desk, line, row.child, "INT08")
    note_birth(desk, line, child, row.born_on, "INT17")
    review = find_or_make(desk, child, ReviewKind.CARED_FOR, row.held_on)
    if row.held_on > desk.today:
        line.warn(
            "held_on", "future-date", "a review yet to come: kept as scheduled, without a code"
        )
        return
    held: Values = {"status": ReviewStatus.HELD, "held_on": row.held_on, "day": row.held_on}
    desk.ledger.change(review, **held)
    check_code(line, child, held_on=row.held_on, code=row.code)
    set_code(desk, line, review, row.code)


def find_or_make(desk: Desk, child: KnownChild, kind: ReviewKind, day: date) -> KnownReview:
    """The child's review of that day; one not yet known is made, held once its day has come."""
    review = desk.known.reviews.on(child.id, kind, day)
    if review is None:
        held = day <= desk.today
        review = KnownReview(new_id(), child.id, kind, day=day)
        review.status = ReviewStatus.HELD if held else ReviewStatus.SCHEDULED
        review.type = ReviewType.PATHWAY if kind is ReviewKind.PATHWAY_PLAN else review.type
        review.held_on, review.planned_on = (day, None) if held else (None, day)
        desk.ledger.insert(review)
        desk.known.reviews.note(review)
    return review


def check_code(line: Line, child: KnownChild, *, held_on: date, code: str | None) -> None:
    """Rules 440 and 441, which both let the fourth birthday itself pass; and birth before."""
    if child.born_on is None:
        return
    if held_on < child.born_on:
        line.warn("held_on", "review-before-dob", "earlier than the date of birth")
    fourth = birthday(child.born_on, FOUR_YEARS)
    if code == "PN0" and held_on > fourth:
        line.warn("code", "440", "PN0 for a child of four or over: kept as written")
    elif code not in (None, "PN0") and held_on < fourth:
        line.warn("code", "441", f"{code} for a child under four: kept as written")


def birthday(born_on: date, years: int) -> date:
    """The day on which a child is so many years old."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:  # 29 February in a year without one
        return date(born_on.year + years, 3, 1)


def set_code(desk: Desk, line: Line, review: KnownReview, code: str | None) -> None:
    """Take the file's code unless a person here confirmed another."""
    if code is None or review.participation == code:
        return
    if review.participation_confirmed_at is not None:
        line.warn("code", "confirmed", f"{review.participation} was confirmed here and stands")
        return
    desk.ledger.change(review, participation=code)


def take_review(desk: Desk, line: Line, row: ReviewRow) -> None:
    """A review in a list: found by its id, else by its day, else made."""
    if desk.seen_before(row.reference):
        line.warn(
            "reference", "duplicate", "this review was in the file before: the first row stands"
        )
        return
    review = desk.known.reviews.called(row.reference)
    if review is not None and _whose(desk, row.child) != review.child_id:
        line.leave_out("reference", "review-id", "this id belongs to another child's review")
        return
    child, _ = find_child(desk, row.child)
    review = review or _adopted(desk, child, row) or _made(desk, child, row)
    _note_child(desk, line, child, row)
    desk.ledger.change(review, **_said(desk, review, row), **_taken_place(desk, line, review, row))
    day = review.held_on or review.planned_on or review.due_on
    desk.ledger.change(review, day=day)
    desk.known.reviews.note(review)
    if review.held_on and row.code:
        check_code(line, child, held_on=review.held_on, code=row.code)
        set_code(desk, line, review, row.code)


def _whose(desk: Desk, reference: str) -> int | None:
    child = desk.known.children.get(reference)
    return child.id if child else None


def _adopted(desk: Desk, child: KnownChild, row: ReviewRow) -> KnownReview | None:
    """A review on the row's day that came from a file without ids."""
    for day in (row.held_on, row.planned_on):
        same = desk.known.reviews.on(child.id, _kind(row), day) if day else None
        if same is not None and same.reference is None:
            return same
    return None


def _made(desk: Desk, child: KnownChild, row: ReviewRow) -> KnownReview:
    review = KnownReview(new_id(), child.id, _kind(row), reference=row.reference)
    desk.ledger.insert(review)
    return review


def _kind(row: ReviewRow) -> ReviewKind:
    pathway = row.type is ReviewType.PATHWAY
    return ReviewKind.PATHWAY_PLAN if pathway else ReviewKind.CARED_FOR


def _note_child(desk: Desk, line: Line, child: KnownChild, row: ReviewRow) -> None:
    """What a list of reviews may say of the child."""
    note_birth(desk, line, child, row.born_on, "dob-differs")
    if row.first_name and not desk.seen_before(("first name", row.child)):
        desk.ledger.change(child, **resealed(child, "first_name", row.first_name))
    for flag, said in (("unaccompanied", row.unaccompanied), ("care_leaver", row.care_leaver)):
        if said:
            desk.ledger.change(child, **{flag: True})
        elif said is False and getattr(child, flag):
            line.warn(flag, "said-otherwise", "another row or file says y, which stands")


def _given(values: Values) -> Values:
    """Only what the file says: a blank changes nothing."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def _said(desk: Desk, review: KnownReview, row: ReviewRow) -> Values:
    """What the row says besides whether the review took place."""
    said = _given(
        {
            "reference": row.reference,
            "kind": _kind(row) if row.type else None,
            "type": row.type,
            "due_on": row.due_on,
            "planned_on": row.planned_on,
            "planned_at": row.planned_at,
            "iro_id": _iro(desk, row) if row.iro else None,
            "team": row.team,
            "area": row.area,
        }
    )
    return said | (resealed(review, "venue", row.venue) if row.venue else {})


def _iro(desk: Desk, row: ReviewRow) -> int:
    iro, named_before = desk.known.iros.get(row.iro), desk.seen_before(("iro", row.iro))
    if iro is None:
        iro = KnownIro(new_id(), row.iro, row.iro_name or row.iro)
        desk.known.iros[row.iro] = iro
        desk.ledger.insert(iro)
    elif row.iro_name and not named_before:
        desk.ledger.change(iro, name=row.iro_name)
    return iro.id


def _taken_place(desk: Desk, line: Line, review: KnownReview, row: ReviewRow) -> Values:
    """Whether and when the review was held. What was recorded as held here stays held."""
    if review.status is ReviewStatus.HELD:
        if row.status is ReviewStatus.CANCELLED:
            line.warn("status", "held", "was recorded as held, which stands")
        return _held_day(line, review, row)
    if row.status is None and row.held_on is None:
        return {}
    if row.status not in (None, ReviewStatus.HELD):
        return {"status": row.status}
    held_on = row.held_on or row.planned_on or review.planned_on
    if held_on is None or held_on > desk.today:
        line.warn("status", "held-date", "held, but without a date that has passed: kept scheduled")
        return {"status": ReviewStatus.SCHEDULED}
    return {"status": ReviewStatus.HELD, "held_on": held_on}


def _held_day(line: Line, review: KnownReview, row: ReviewRow) -> Values:
    """A corrected date of holding, unless a person has confirmed the review here."""
    if row.held_on in (None, review.held_on):
        return {}
    if review.participation_confirmed_at is not None:
        line.warn("held_on", "confirmed", "the date was confirmed here and stands")
        return {}
    return {"held_on": row.held_on}
