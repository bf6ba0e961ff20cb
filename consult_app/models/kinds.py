"""The closed sets that rows speak in."""

from enum import StrEnum


class Role(StrEnum):
    """Who is asked about a review."""

    CHILD = "child"
    PARENT = "parent"
    CARER = "carer"
    HEALTH = "health"
    EDUCATION = "education"
    SOCIAL_WORKER = "social_worker"
    CARE_LEAVER = "care_leaver"
    OBSERVER = "observer"
    OTHER = "other"


class ReviewKind(StrEnum):
    """What kind of review: of a child cared for, or of a care leaver's pathway plan."""

    CARED_FOR = "cared_for"
    PATHWAY_PLAN = "pathway_plan"


class ReviewType(StrEnum):
    """Where in its series a review stands."""

    FIRST = "first"
    SECOND = "second"
    SUBSEQUENT = "subsequent"
    PATHWAY = "pathway"
    UNKNOWN = "unknown"


class ReviewStatus(StrEnum):
    """Whether a review took place."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"


class Chairing(StrEnum):
    """How far the child chaired the review."""

    NONE = "none"
    PART = "part"
    CO_CHAIRED = "co_chaired"
    FULL = "full"


class Purpose(StrEnum):
    """Asked before a review what should be said there, or after it how it was."""

    BEFORE = "before"
    AFTER = "after"


class ConsultationStatus(StrEnum):
    """Where one respondent's consultation stands."""

    PROPOSED = "proposed"
    ENDORSED = "endorsed"
    SENT = "sent"
    STARTED = "started"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    NOT_INVOLVED = "not_involved"
    UNDELIVERABLE = "undeliverable"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NOT_CONSULTED = "not_consulted"


OPEN_STATUSES = (
    ConsultationStatus.SENT,
    ConsultationStatus.STARTED,
    ConsultationStatus.SUBMITTED,
    ConsultationStatus.NOT_INVOLVED,
)
CLOSED_BY_THEM = (ConsultationStatus.SUBMITTED, ConsultationStatus.NOT_INVOLVED)
"""The respondent has sent it, or said that they have no part in it; both may be changed."""


class Channel(StrEnum):
    """The way an answer or a form came, or a message goes."""

    WEB_CHAT = "web_chat"
    WEB_FORM = "web_form"
    WEB_PAGE = "web_page"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    LETTER = "letter"
    PAPER = "paper"
    IN_PERSON = "in_person"
    IMPORTED = "imported"


BY_NUMBER = (Channel.SMS, Channel.WHATSAPP)
"""What comes and goes by a telephone number."""


class MediaKind(StrEnum):
    """What an answer may be instead of words."""

    DRAWING = "drawing"
    PHOTO = "photo"
    VOICE = "voice"


class Reading(StrEnum):
    """How somebody reads the language that is written to them."""

    EASILY = "easily"
    HELPED = "helped"
    NOT = "not"


class Typist(StrEnum):
    """Who typed an answer."""

    SELF = "self"
    HELPER = "helper"
    STAFF = "staff"


class ConcernLevel(StrEnum):
    """How soon a person must look: someone's safety, or something asked for."""

    SAFETY = "safety"
    REQUEST = "request"


class MessageState(StrEnum):
    """Where an outgoing message stands, in the order it may move."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class MessageKind(StrEnum):
    """What an outgoing message is for."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    REPLY = "reply"
    THANKS = "thanks"


class InboundState(StrEnum):
    """What became of an inbound text; one that is received waits to be heard.

    One that is held waits until it is known whose it is; one that is set aside is nobody's.
    """

    RECEIVED = "received"
    STORED = "stored"
    HEARD = "heard"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    QUARANTINED = "quarantined"
    HELD = "held"
    SET_ASIDE = "set_aside"


class Asks(StrEnum):
    """What our last text to a number asked, when that was no question of a consultation."""

    WHO = "who"
    MENU = "menu"
    WORDS = "words"


class StaffRole(StrEnum):
    """What a member of staff may do."""

    IRO = "iro"
    MANAGER = "manager"
    SUPPORT = "support"
