"""Questions read aloud: kept by wording and language, silent once the words have changed."""

import pytest
from sqlalchemy.orm import Session

from consult_app.actions.answering import recordings
from consult_app.actions.answering.attachments import Unfit
from consult_app.models.recording import Recording
from consult_app.models.staff import Staff
from consult_app.questionnaires.load import load
from tests.factories import make_staff

HOME = load("child_8_11").by_id["home"]
SOUND = b"OggS one"


@pytest.fixture
def staff(session: Session) -> Staff:
    """Who uploads."""
    return make_staff(session)


def test_a_recording_is_heard_in_its_language_only(session: Session, staff: Staff) -> None:
    kept = recordings.keep(session, HOME, "ti", SOUND, staff_id=staff.id)
    assert recordings.heard_at(session, HOME, "ti") is kept
    assert recordings.heard_at(session, HOME, "ar") is None


def test_a_new_one_replaces_the_old_at_another_address(session: Session, staff: Staff) -> None:
    first = recordings.keep(session, HOME, "ti", SOUND, staff_id=staff.id)
    assert isinstance(first, Recording)
    old = first.hash
    recordings.keep(session, HOME, "ti", b"OggS two", staff_id=staff.id)
    session.flush()
    assert session.query(Recording).count() == 1
    assert recordings.by_hash(session, old) is None


def test_one_voice_serves_every_questionnaire_with_the_same_words(
    session: Session, staff: Staff
) -> None:
    recordings.keep(session, HOME, "ti", SOUND, staff_id=staff.id)
    for name in ("child_12_15", "child_8_11"):
        same = [q for q in load(name).questions if q.words == HOME.words]
        assert all(recordings.heard_at(session, question, "ti") for question in same)


def test_it_is_silent_once_the_words_have_changed(session: Session, staff: Staff) -> None:
    kept = recordings.keep(session, HOME, "ti", SOUND, staff_id=staff.id)
    assert isinstance(kept, Recording)
    kept.words_hash = "of other words"
    assert recordings.heard_at(session, HOME, "ti") is None


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Unfit.EMPTY),
        (b"OggS" + bytes(recordings.LARGEST), Unfit.TOO_LARGE),
        (b"MZ a program", Unfit.OTHER_KIND),
        (b"\0\0\0\x18ftypM4A ", Unfit.OTHER_KIND),
    ],
)
def test_what_cannot_be_taken_says_why(
    session: Session, staff: Staff, data: bytes, fault: Unfit
) -> None:
    assert recordings.keep(session, HOME, "ti", data, staff_id=staff.id) is fault
    assert session.query(Recording).count() == 0
