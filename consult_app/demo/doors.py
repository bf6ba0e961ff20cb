"""The addresses and sign-ins by which a visitor enters the invented authority."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult_app import language
from consult_app.actions.doors import links
from consult_app.config import Settings
from consult_app.demo.build import MANAGER, PASSWORD, SUPPORT
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, ReviewStatus, Role
from consult_app.models.review import Review
from consult_app.models.staff import Staff

Doors = dict[str, str | dict[str, str]]
SHOWN = (Role.CHILD, Role.CARER, Role.PARENT, Role.CARE_LEAVER, Role.OBSERVER, Role.HEALTH,
         Role.EDUCATION)  # fmt: skip
LANGUAGES = ("en-GB", "en-GB-x-easy", "ar", "ti")
"""Adults' links are told in these, a child's in every language; the door itself offers them all."""
FOREIGN_WEIGHT = 5
WAITS = (ConsultationStatus.SENT, ConsultationStatus.STARTED, ConsultationStatus.SUBMITTED)


@dataclass(frozen=True)
class _Hall:
    """Who asks for links, and for which consultations one was told already."""

    session: Session
    settings: Settings
    now: datetime
    told: set[int] = field(default_factory=set)


def doors(session: Session, settings: Settings, now: datetime) -> Doors:
    """Fresh links and the accounts; an officer who has answers to read comes first."""
    hall = _Hall(session, settings, now)
    found: Doors = {
        "iro": _account(settings, _busiest(session)),
        "manager": _account(settings, MANAGER),
        "support": _account(settings, SUPPORT),
    }
    offered = tuple(one.tag for one in language.languages())
    for role in SHOWN:
        tags = offered if role is Role.CHILD else LANGUAGES
        found[role.value] = {tag: _link(hall, role, tag) for tag in tags}
    found["phone"] = f"{settings.public_url}/demo/phone"
    return found


def _account(settings: Settings, user: str) -> dict[str, str]:
    return {"url": f"{settings.public_url}/staff/sign-in", "user": user, "password": PASSWORD}


def _busiest(session: Session) -> str:
    """The officer with the most to read before reviews still ahead, in several languages."""
    submitted = Consultation.status == ConsultationStatus.SUBMITTED
    foreign = submitted & (Consultation.language != language.ENGLISH)
    came_in = func.sum(case((foreign, FOREIGN_WEIGHT), (submitted, 1), else_=0))
    query = (
        select(Staff.email)
        .join(Review, Review.iro_id == Staff.iro_id)
        .outerjoin(Consultation, Consultation.review_id == Review.id)
        .where(Review.status == ReviewStatus.SCHEDULED)
        .group_by(Staff.email)
        .order_by(came_in.desc(), Staff.email)
        .limit(1)
    )
    return session.scalar(query) or MANAGER


def _link(hall: _Hall, role: Role, tag: str) -> str:
    """An address that opens a consultation of `role` in a language; empty when there is none."""
    row = _waiting(hall, role, tag)
    if row is None:
        return ""
    hall.told.add(row.id)
    token = links.new_link(hall.session, row, hall.now, hall.settings.link_days)
    asked = "" if row.language == tag else f"?l={tag}"
    return links.address(hall.settings.public_url, token) + asked


def _waiting(hall: _Hall, role: Role, tag: str) -> Consultation | None:
    """The best to open: nobody has begun it, it is in that language, and its day is far."""
    begun: Mapping[ConsultationStatus, int] = {status: n for n, status in enumerate(WAITS)}
    query = (
        select(Consultation)
        .join(Consultation.review)
        .where(
            Consultation.role == role,
            Consultation.status.in_(WAITS),
            Consultation.questionnaire.is_not(None),
            Review.status == ReviewStatus.SCHEDULED,
            Review.day >= hall.now.date(),
        )
        .order_by(
            case((Consultation.id.in_(hall.told), 1), else_=0),
            case(begun, value=Consultation.status, else_=9),
            case((Consultation.language == tag, 0), else_=1),
            Review.day.desc(),
            Consultation.id,
        )
        .limit(1)
    )
    return hall.session.scalar(query)
