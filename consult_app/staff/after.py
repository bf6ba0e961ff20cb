"""What the officer is shown when recording a meeting: the suggestion and why."""

from datetime import date

from consult_app import clock
from consult_app.actions.reviews import Meeting, age_on
from consult_app.models.kinds import Chairing, Role
from consult_app.models.review import Review
from consult_app.reviewing.participation import ReviewFacts, Suggestion, suggest
from consult_app.staff.forms import YES, ConfirmForm, MeetingForm
from consult_app.staff.pack import Pack

SPOKEN_FOR = frozenset({"iro", "advocate"})
HOW = "how"
"""The question that asks a child who should say what they think."""


def suggestion(pack: Pack, form: MeetingForm) -> Suggestion:
    """What the officer's answers and the child's return suggest."""
    held_on: date = form.held_on.data
    return suggest(
        ReviewFacts(
            age=age_on(pack.review.child.born_on, held_on),
            attended=form.attended.data == YES,
            spoke=form.spoke.data,
            returned=_returned(pack, held_on),
            wants_advocate=_wants_advocate(pack),
        )
    )


def meeting(form: ConfirmForm) -> Meeting:
    """The meeting as the officer confirmed it."""
    return Meeting(
        held_on=form.held_on.data,
        child_attended=form.attended.data == YES,
        participation=form.participation.data,
        chairing=Chairing(form.chairing.data),
    )


def known(review: Review) -> dict[str, object]:
    """What the form starts with: what is recorded, else the planned day."""
    attended = {True: YES, False: "no", None: None}[review.child_attended]
    start: dict[str, object] = {"held_on": review.held_on or review.day, "attended": attended}
    return start | ({"chairing": review.chairing.value} if review.chairing else {})


def _returned(pack: Pack, held_on: date) -> bool:
    """True when the child's own answers came before the meeting was over."""
    sent = (v.consultation.submitted_at for v in pack.voices if v.consultation.role is Role.CHILD)
    return any(moment is not None and clock.in_london(moment).date() <= held_on for moment in sent)


def _wants_advocate(pack: Pack) -> bool:
    """True when the child asked that an advocate or the officer speak."""
    return any(
        SPOKEN_FOR & set(voice.codes.get(HOW, ()))
        for voice in pack.voices
        if voice.consultation.role is Role.CHILD
    )
