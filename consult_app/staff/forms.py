"""What staff fill in. Messages are keys of staff words; pages say them."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from consult_app.models.kinds import Chairing, ConcernLevel
from consult_app.reviewing.participation import CODES, MEANINGS

LONGEST = 4000
YES, NO = "yes", "no"
SPEAKING = ("self", "advocate", "symbols", "none")


def _choices(words: str, values: Iterable[str]) -> list[SelectChoice]:
    """Values with the keys of their labels."""
    return [SelectChoice(str(value), f"{words}.{value}") for value in values]


class MeetingForm(FlaskForm):  # type: ignore[misc]  # the form library is untyped
    """How the meeting went; sent by GET, since it only asks for a suggestion."""

    class Meta:
        """Nothing is written, so there is nothing to forge."""

        csrf = False

    held_on = DateField("staff.after.held_on", [DataRequired("staff.form.date")])
    attended = RadioField(
        "staff.after.attended",
        [AnyOf((YES, NO), "staff.form.choose")],
        choices=_choices("staff.after.attended_options", (YES, NO)),
        validate_choice=False,
    )
    spoke = RadioField(
        "staff.after.spoke",
        [AnyOf(SPEAKING, "staff.form.choose")],
        choices=_choices("staff.after.spoke_options", SPEAKING),
        validate_choice=False,
    )
    chairing = RadioField(
        "staff.after.chairing",
        [AnyOf(list(Chairing), "staff.form.choose")],
        choices=_choices("staff.chairing", Chairing),
        validate_choice=False,
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # the form library is untyped
    """The officer's own judgement of how the child took part."""

    held_on = DateField("staff.after.held_on", [DataRequired("staff.form.date")])
    attended = StringField("staff.after.attended", [AnyOf((YES, NO), "staff.form.choose")])
    chairing = StringField("staff.after.chairing", [AnyOf(list(Chairing), "staff.form.choose")])
    participation = RadioField(
        "staff.after.code",
        [AnyOf(CODES, "staff.form.choose")],
        choices=[SelectChoice(code, MEANINGS[code]) for code in CODES],
        validate_choice=False,
    )


class CloseForm(FlaskForm):  # type: ignore[misc]  # the form library is untyped
    """What was done about a concern."""

    note = TextAreaField(
        "staff.concern.note",
        [DataRequired("staff.form.write"), Length(max=LONGEST, message="staff.form.long")],
    )


class RaiseForm(FlaskForm):  # type: ignore[misc]  # the form library is untyped
    """Something a member of staff heard that a person must look at."""

    level = RadioField(
        "staff.concern.level",
        [AnyOf(list(ConcernLevel), "staff.form.choose")],
        choices=_choices("staff.concern.level_options", ConcernLevel),
        validate_choice=False,
    )
    words = TextAreaField(
        "staff.concern.words",
        [InputRequired("staff.form.write"), Length(max=LONGEST, message="staff.form.long")],
    )


def asked(form: type[MeetingForm], args: MultiDict[str, str], **known: Any) -> MeetingForm:
    """A form that reads the address, and starts from what is `known` when it says nothing."""
    return form(args if "held_on" in args else None, data=known)
