"""A page of the form: WTForms fields made from the questionnaire, messages by our own keys."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import ValidationError

from consult_app.channels.web.page import Words
from consult_app.channels.web.shown import Shown
from consult_app.conversation.form import Kind, Value

LONGEST = 10_000
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y"]


class DayField(DateField):  # type: ignore[misc]  # the form library is untyped
    """A day, as the browser's own date field writes it or as people do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; what cannot be read is left to the check, which has the words."""
        try:
            super().process_formdata([part for part in valuelist if part.strip()])
        except ValueError:
            self.data = None


# Choices stand in the template and are tested by the one validator below.
Check = Callable[[FlaskForm, Field], None]


def _one(shown: Shown, check: Check) -> Field:
    return RadioField(shown.ask, [check], choices=[], validate_choice=False)


def _many(shown: Shown, check: Check) -> Field:
    return SelectMultipleField(shown.ask, [check], choices=[], validate_choice=False)


def _words(shown: Shown, check: Check) -> Field:
    return TextAreaField(shown.ask, [check])


def _day(shown: Shown, check: Check) -> Field:
    return DayField(shown.ask, [check], format=DAYS)


FIELDS: Mapping[Kind, Callable[[Shown, Check], Field]] = {
    Kind.MANY: _many,
    Kind.TEXT: _words,
    Kind.DATE: _day,
}
"""The field for each kind; all others are one choice."""


def make(questions: Iterable[Shown], words: Words) -> FlaskForm:
    """A form of these questions, filled with what was posted, if anything was."""
    fields = {
        shown.name: FIELDS.get(Kind(shown.kind), _one)(shown, partial(_check, shown, words))
        for shown in questions
    }
    return type("PageForm", (FlaskForm,), fields)()


def _check(shown: Shown, words: Words, _form: FlaskForm, field: Field) -> None:
    """The one validator: what is given must be an answer; nothing given is a skip."""
    codes = {option.code for option in shown.options}
    given = field.data if isinstance(field.data, list) else [field.data] if field.data else []
    typed = any(part.strip() for part in field.raw_data or ())
    if shown.required and not given:
        raise ValidationError(words("error.required"))
    if codes and not set(given) <= codes:
        raise ValidationError(words("error.choose"))
    if shown.kind == Kind.DATE and typed and not given:
        raise ValidationError(words("error.date"))
    if shown.kind == Kind.TEXT and len(field.data or "") > LONGEST:
        raise ValidationError(words("error.long", count=LONGEST))


def value(field: Field) -> Value:
    """What a valid field says, as the conversation holds it."""
    if isinstance(field.data, list):
        return tuple(field.data) or None
    if isinstance(field.data, date):
        return field.data.isoformat()
    return field.data or None
