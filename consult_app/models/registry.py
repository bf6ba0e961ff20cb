"""Every table, for migrations and tests that must see them all."""

from consult_app.db import Base
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.bookmark import Bookmark
from consult_app.models.child import Child
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.device import Device
from consult_app.models.dialogue import Dialogue
from consult_app.models.former_number import FormerNumber
from consult_app.models.import_run import ImportRun
from consult_app.models.inbound import Inbound
from consult_app.models.inbound_media import InboundMedia
from consult_app.models.involvement import Involvement
from consult_app.models.iro import Iro
from consult_app.models.link import Link
from consult_app.models.lock import PictureLock
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.models.person import Person
from consult_app.models.recording import Recording
from consult_app.models.review import Review
from consult_app.models.staff import Staff, StaffRoleRow
from consult_app.models.survey_answer import SurveyAnswer
from consult_app.models.visit import Visit

TABLES = (
    Answer, Attachment, Bookmark, Child, Concern, Consultation, Device, Dialogue, FormerNumber, ImportRun, Inbound,
    InboundMedia, Involvement, Iro, Link, Message, OptOut, Person, PictureLock, Recording, Review, Staff,
    StaffRoleRow, SurveyAnswer, Visit,
)  # fmt: skip
metadata = Base.metadata
