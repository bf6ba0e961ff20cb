"""STOP is the exact whole message, in every language; nothing else stops anything."""

import pytest
from sqlalchemy import select

from consult_app import clock, language
from consult_app.actions.inviting import asking
from consult_app.actions.inviting.asking import Desk
from consult_app.actions.texts import opt_outs
from consult_app.actions.texts.opt_outs import Wish
from consult_app.conversation.form import Depth
from consult_app.models.answer import Answer
from consult_app.models.kinds import Purpose, Role
from consult_app.models.opt_out import OptOut
from consult_app.models.person import Person
from consult_app.questionnaires.load import load
from tests import factories
from tests.actions.importing.files import PEOPLE, take
from tests.actions.texts.phones import Phone
from tests.outbox.letters import NUMBER


def test_every_listed_word_means_it_however_it_is_typed() -> None:
    for kind in Wish:
        for spoken in language.languages():
            for word in language.listed(f"replies.{kind}", spoken.tag):
                for typed in (word, word.upper(), f"  {word} \n", f"{word}."):
                    assert opt_outs.wish(typed) is kind, (spoken.tag, typed)


@pytest.mark.parametrize(
    "said",
    ["I want them to stop", "stop it", "please stop texting", "don't stop", "s t o p", "", "1",
     "when does school start", "no", "yes", "help", "أريدهم أن يتوقفوا", "ደው ክብሉ ይደሊ"],
)  # fmt: skip
def test_nothing_else_does(said: str) -> None:
    assert opt_outs.wish(said) is None


@pytest.mark.parametrize(
    ("tag", "said", "meant"),
    [
        ("fr", "dur", None),  # hard
        ("tr", "dur", Wish.STOP),
        ("en-GB", "Dur.", Wish.STOP),
        ("fr", "stop", Wish.STOP),
        ("fr", "arrêtez", Wish.STOP),
    ],
)
def test_a_word_that_means_something_else_to_its_writer(tag, said, meant) -> None:
    assert opt_outs.wish(said, tag) is meant


def test_hard_is_an_answer_in_french_and_stops_nothing(session, settings) -> None:
    row = factories.make_consultation(session, language="fr")
    phone = Phone(session, settings, row.person.mobile)
    phone.send("1")
    assert phone.send("dur") != ""
    assert session.scalars(select(OptOut)).all() == []


def test_never_is_an_answer_in_arabic_though_it_is_written_like_begin(session, settings) -> None:
    row = factories.make_consultation(
        session, role=Role.CARER, language="ar", questionnaire="after_carer", purpose=Purpose.AFTER
    )
    phone = Phone(session, settings, row.person.mobile)
    phone.send("ابدأ")
    row.depth = Depth.FULL.value
    while load("after_carer").by_id[row.waiting].option_words != "options.often":
        phone.send("1")
    asked = row.waiting
    phone.send("أبدا")
    said = session.scalars(select(Answer).where(Answer.question == asked)).one()
    assert said.code == "never"


def test_stop_and_start_say_whether_they_changed_anything(session) -> None:
    assert opt_outs.start(session, NUMBER) is False
    assert opt_outs.stop(session, NUMBER) is True
    assert opt_outs.stop(session, NUMBER) is False
    assert opt_outs.start(session, NUMBER) is True


def test_help_is_the_exact_whole_message_in_every_language(session, settings) -> None:
    """HELP is heard as such from a number that nobody knows; a sentence with the word is not."""
    for number, spoken in enumerate(language.languages()):
        for word in language.listed("replies.help", spoken.tag):
            phone = Phone(session, settings, factories.mobile(900 + number))
            assert "999" in phone.send(f" {word}. "), (spoken.tag, word)
    assert Phone(session, settings, factories.mobile(899)).send("no help needed today") == ""


@pytest.mark.parametrize("word", ["STOP", "توقف", "ደው በሉ"])
def test_stop_belongs_to_the_number_and_survives_imports(
    session, settings, tmp_path, word: str
) -> None:
    row = factories.make_consultation(session)
    number = row.person.mobile
    phone = Phone(session, settings, number)
    assert phone.send(word) != ""
    assert session.scalars(select(OptOut.number_hash)).all() == [row.person.mobile_hash]
    child = row.review.child.reference
    line = f"{child},%s,child,,{number[1:]},,,,"
    take(session, tmp_path, PEOPLE + line % row.person.reference)
    take(session, tmp_path, PEOPLE + line % "P-new")  # the same number for somebody new
    new = session.scalars(select(Person).where(Person.reference == "P-new")).one()
    again = factories.make_consultation(session, person=new)
    for each in (row, again):
        assert not asking.send(Desk(session, settings, clock.now()), each, asking.INVITATION)
    phone.send("START")
    assert asking.send(Desk(session, settings, clock.now()), again, asking.INVITATION)
