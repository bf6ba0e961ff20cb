"""P5, P6: STOP, HELP, words of distress and answers act in every language whose words are there."""

import pytest

from consult_app import language
from consult_app.conversation import concern, understand
from consult_app.conversation.fold import apart, bare, fold
from consult_app.conversation.form import Kind, Question
from consult_app.conversation.understand import Command, Labels, Read
from consult_app.languages.store import Language
from consult_app.questionnaires.load import load

language.load()
DRAFTED = [one for one in language.every() if language.listed("replies.yes", one.tag)]
"""Every language that has its lists, offered or not."""
FORM = load("child_8_11")
NATIVE = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "beng": "০১২৩৪৫৬৭৮৯", "ethi": "-፩፪፫፬፭፮፯፰፱"}
TYPED_IN = {"Arab": ("arab", "arabext"), "Beng": ("beng",), "Ethi": ("ethi",)}

every_language = pytest.mark.parametrize("spoken", DRAFTED, ids=lambda one: one.tag)


def labels(spoken: Language) -> Labels:
    return language.labels(FORM, spoken.tag)


def words(spoken: Language, name: str) -> list[str]:
    """The words of a list that mean one thing: what means two is asked about again."""
    listed = language.listed(f"replies.{name}", spoken.tag)
    return [word for word in listed if fold(word) not in labels(spoken).unclear]


def asked(kind: Kind) -> Question:
    return next(question for question in FORM.questions if question.kind is kind)


@every_language
@pytest.mark.parametrize("meant", list(Command))
def test_every_listed_command_is_one_as_the_whole_message(spoken: Language, meant: Command) -> None:
    assert words(spoken, meant)
    for word in words(spoken, meant):
        for typed in (word, f" {word}. ", word.upper()):
            assert understand.command(typed, labels(spoken)) is meant, typed
        sentence = f"{word} {word} {word} {word}"
        assert understand.command(sentence, labels(spoken)) is None, sentence


@every_language
@pytest.mark.parametrize(("name", "code"), [("yes", "yes"), ("no", "no"), ("unsure", "unsure")])
def test_every_listed_answer_is_understood(spoken: Language, name: str, code: str) -> None:
    assert words(spoken, name)
    for word in words(spoken, name):
        assert understand.command(word, labels(spoken)) is None, word
        read = understand.understand(asked(Kind.YES_NO), word, labels(spoken))
        assert read == Read(code), word


@every_language
def test_every_stop_word_may_be_typed_without_marks_or_means_nothing(spoken: Language) -> None:
    for word in words(spoken, "stop"):
        meant = understand.command(bare(fold(word)), labels(spoken))
        assert meant in (Command.STOP, None), word


@every_language
def test_every_phrase_of_distress_calls_a_person_and_only_where_a_word_begins(
    spoken: Language,
) -> None:
    listed = language.listed("replies.distress", spoken.tag)
    assert len(listed) >= 30
    prefixes = spoken.prefixes.split()
    for phrase in listed:
        for said in (
            phrase,
            f"... {phrase}!",
            f"x: «{phrase}», y",
            *(p + phrase for p in prefixes),
        ):
            raised = list(concern.in_words(None, said, labels(spoken)))
            assert raised, said
        inside = f"{'ረ' if spoken.script == 'Ethi' else 'ж'}{phrase.split()[0]}"
        assert not list(concern.in_words(None, inside, labels(spoken))), inside


@every_language
def test_a_cry_for_help_is_heard_in_whatever_language_somebody_answers(spoken: Language) -> None:
    answering = language.labels(FORM, "en-GB")
    for phrase in language.listed("replies.distress", spoken.tag):
        assert list(concern.in_words(None, f"well, {phrase}...", answering)), phrase


@every_language
def test_what_we_say_ourselves_is_no_cry_for_help_in_another_language(spoken: Language) -> None:
    near = {"fa": {"fa-AF"}, "fa-AF": {"fa"}}.get(spoken.tag, set()) | {spoken.tag, "en-GB"}
    others = [one for one in DRAFTED if one.tag not in near | {"en-GB-x-easy"}]
    phrases = {phrase for one in others for phrase in language.distress(one.tag)}
    labels_of = [text for key in language.keys(spoken.tag) if key.startswith("options.")
                 for text in [language.words(key, spoken.tag)] if "⟦" not in text]  # fmt: skip
    said = f" {apart(fold(' . '.join(labels_of)))} "
    assert [phrase for phrase in phrases if phrase in said] == []


@every_language
def test_its_own_digits_answer(spoken: Language) -> None:
    for name in TYPED_IN.get(spoken.script, ()):
        for number in (1, 2, 3):
            read = understand.understand(asked(Kind.YES_NO), NATIVE[name][number], labels(spoken))
            assert read == Read(asked(Kind.YES_NO).options[number - 1])
    shown = language.numeral(2, spoken.tag)
    read = understand.understand(asked(Kind.FACES5), shown, labels(spoken))
    assert read == Read(asked(Kind.FACES5).options[1])


@every_language
def test_every_label_that_is_shown_is_understood_or_asked_about_again(spoken: Language) -> None:
    for question in FORM.questions:
        if not question.is_chosen or question.kind is Kind.SCALE:
            continue
        for code in question.options:
            typed = language.option_words(question, code, spoken.tag)
            read = understand.understand(question, typed, labels(spoken))
            if isinstance(read, Read):
                assert code in read.value, (question.id, typed)


@pytest.mark.parametrize(
    ("tag", "typed"), [("vi", "dung"), ("pl", "no"), ("ps", "ya"), ("fa", "یا"), ("fa", "ya")]
)
def test_a_word_that_means_two_things_is_asked_about_again(tag: str, typed: str) -> None:
    known = language.labels(FORM, tag)
    assert understand.command(typed, known) is None
    read = understand.understand(asked(Kind.YES_NO), typed, known)
    assert read is understand.Missed.UNCLEAR


TYPED = [
    ("vi", "khong", "no"), ("vi", "KHÔNG", "no"), ("tr", "HAYIR", "no"), ("tr", "hayir", "no"),
    ("ckb", "بەلێ", "yes"), ("fa", "بلي", "yes"), ("ur", "نهیں", "no"), ("ps", "هو", "yes"),
    ("ro", "da", "yes"), ("kmr", "ere", "yes"), ("ar", "لَا", "no"), ("ar", "نعـــم", "yes"),
    ("ti", "እወ።", "yes"), ("en-GB", "ＹＥＳ", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "typed", "code"), [one for one in TYPED if one[0] in {known.tag for known in DRAFTED}]
)
def test_words_are_known_as_other_keyboards_write_them(tag: str, typed: str, code: str) -> None:
    assert understand.understand(asked(Kind.YES_NO), typed, language.labels(FORM, tag)) == Read(
        code
    )
