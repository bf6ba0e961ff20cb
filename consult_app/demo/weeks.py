"""The last weeks of the invented authority, day by day: asked, reminded, answered, looked after."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app import clock, language, workdays
from consult_app.actions import concerns
from consult_app.actions.inviting.invitations import invite
from consult_app.channels.sms.sender_simulator import SimulatorSender
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.demo import respondents
from consult_app.demo.pretend import at, standing_at
from consult_app.demo.respondents import Stage
from consult_app.models.child import Child
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import CLOSED_BY_THEM, ConsultationStatus, Role
from consult_app.models.review import Review
from consult_app.models.staff import Staff
from consult_app.outbox.deliver import deliver

WORKING_DAYS = 12
ANSWERS_A_DAY = {Role.CHILD: 0.11, Role.CARER: 0.13, Role.PARENT: 0.06, Role.CARE_LEAVER: 0.08,
                 Role.OBSERVER: 0.6, Role.HEALTH: 0.09, Role.EDUCATION: 0.1}  # fmt: skip
KEENER = 2.5
CLOSED_A_DAY = 0.25
FRESH = timedelta(days=3)
CLOSING_NOTE = "Spoke with them today and agreed what happens next."


@dataclass(frozen=True)
class Weeks:
    """What living through the weeks needs; `kept` are the consultations left for visitors."""

    database: Database
    settings: Settings
    random: Random
    kept: dict[tuple[Role, str], int]


def live_through(database: Database, settings: Settings, random: Random) -> Iterator[date]:
    """Live through the last working days up to yesterday; yields each day when it is over."""
    weeks = Weeks(database, settings, random, {})
    today = clock.today()
    for ago in range(WORKING_DAYS, 0, -1):
        day = workdays.after(today, -ago, settings.bank_holidays)
        _morning(weeks, day)
        _afternoon(weeks, day)
        yield day


def _morning(weeks: Weeks, day: date) -> None:
    """Ask and remind, and send it."""
    nine = at(day, 9)
    with standing_at(nine):
        with weeks.database.transaction() as session:
            invite(session, weeks.settings, day, nine)
        _send(weeks)
        with weeks.database.transaction() as session:
            _look_after(weeks, session)


def _afternoon(weeks: Weeks, day: date) -> None:
    """Some of those who were asked answer."""
    with weeks.database.transaction() as session:
        waiting = _waiting(session)
        _keep_for_visitors(weeks, waiting)
        open_for = Counter(row.person_id for row in waiting) + Counter(_answered(session))
        for row in waiting:
            if _answers_today(weeks.random, row) and row.id not in weeks.kept.values():
                moment = at(day, weeks.random.randint(12, 18), weeks.random.randint(0, 59))
                with standing_at(moment) as hand:
                    stage = Stage(session, weeks.settings, weeks.random, hand)
                    respondents.play(stage, row, may_text=open_for[row.person_id] == 1)
    with standing_at(at(day, 19, 59)):
        _send(weeks)


def _answers_today(random: Random, row: Consultation) -> bool:
    """Chance, by role; who is asked in a language of their own answers more often."""
    keen = 1 if row.language == language.ENGLISH else KEENER
    return random.random() < ANSWERS_A_DAY[row.role] * keen


def _send(weeks: Weeks) -> None:
    deliver(weeks.database, SimulatorSender(weeks.database), now=clock.now)


def _waiting(session: Session) -> Sequence[Consultation]:
    """Who was asked and has not begun, in an order that depends on nothing but the data."""
    query = (
        select(Consultation)
        .join(Consultation.review)
        .join(Review.child)
        .where(Consultation.status == ConsultationStatus.SENT, Consultation.person_id.is_not(None))
        .where(Consultation.questionnaire.is_not(None))
        .options(
            joinedload(Consultation.person),
            joinedload(Consultation.review).joinedload(Review.iro),
        )
        .order_by(Review.day, Child.reference, Consultation.role, Consultation.ordinal)
    )
    return session.scalars(query).all()


def _answered(session: Session) -> Sequence[int | None]:
    """Who has begun or sent in: a text of theirs might be about that, and be asked about."""
    begun = Consultation.status.in_((ConsultationStatus.STARTED, *CLOSED_BY_THEM))
    by_us = Consultation.questionnaire.is_not(None)
    return session.scalars(select(Consultation.person_id).where(begun, by_us)).all()


def _keep_for_visitors(weeks: Weeks, waiting: Sequence[Consultation]) -> None:
    """One consultation a role and language stays unanswered: the last that is due."""
    for row in reversed(waiting):
        weeks.kept.setdefault((row.role, row.language), row.id)


def _look_after(weeks: Weeks, session: Session) -> None:
    """Officers close some of the concerns that opened days ago; the newest stay to be seen."""
    query = (
        select(Concern)
        .where(Concern.closed_at.is_(None), Concern.opened_at < clock.now() - FRESH)
        .options(joinedload(Concern.consultation).joinedload(Consultation.review))
        .order_by(Concern.opened_at, Concern.id)
    )
    officers = {staff.iro_id: staff.id for staff in session.scalars(select(Staff)).unique()}
    for concern in session.scalars(query):
        staff_id = officers.get(concern.consultation.review.iro_id)
        if staff_id and weeks.random.random() < CLOSED_A_DAY:
            concerns.close(
                session, concern.id, staff_id=staff_id, note=CLOSING_NOTE, now=clock.now()
            )
