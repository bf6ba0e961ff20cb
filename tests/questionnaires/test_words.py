"""Every questionnaire has its words, can be answered, and is easy enough to read."""

import re
from collections.abc import Iterator

import pytest
import textstat

from consult_app import language
from consult_app.conversation.form import ANY, Audience, Depth, Form, Kind, Question
from consult_app.questionnaires import load

ENGLISH = language.ENGLISH
MAIN = ("child_8_11", "child_12_15", "child_16_17", "carer", "parent")
FIRST = {"observer": "relation", "health": "involved", "education": "involved"}
"""Where it is not "Who is filling this in?" that must be answered."""
WITHOUT_FIRST = ("unaccompanied", "survey")
FORMS = tuple(load.names())
PUBLISHED = {
    "observer", "child_4_7", "child_8_11", "child_12_15", "child_16_17", "unaccompanied",
    "communication", "care_leaver", "carer", "parent", "health", "education", "after_child",
    "after_carer", "after_parent", "after_professional", "survey",
}  # fmt: skip
MESSAGE_LIMIT = 110
REVEALING = re.compile(
    r"\b(child|children|care|carers?|social workers?|reviews?|reviewing|council|home office"
    r"|asylum|foster)\b",
    re.IGNORECASE,
)
GSM_7 = re.compile(r"[A-Za-z0-9 .,:;?!'\"()/&+-]+")


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    """Each questionnaire in its newest version."""
    return load.load(request.param)


def in_short(form: Form) -> tuple[Question, ...]:
    """What is asked by text message."""
    return form.at(Depth.SHORT).questions


def asks(form: Form) -> Iterator[str]:
    """What is asked, a sentence each."""
    return (language.question_words(question, ENGLISH) for question in form.questions)


def school_grade(text: str) -> float:
    """Flesch-Kincaid, with vowels heard by rule: textstat's own count needs a download."""
    words = re.findall(r"[a-z']+", text.lower())
    spoken = (re.sub(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$", "", word) for word in words)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word))) for word in spoken)
    sentences = textstat.sentence_count(text)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_every_questionnaire_is_published():
    assert set(load.names()) == PUBLISHED


def test_every_question_option_and_section_has_english_words(form: Form):
    for question in form.questions:
        assert language.question_words(question, ENGLISH).endswith((".", "?"))
        for option in question.options:
            assert language.option_words(question, option, ENGLISH)
    for section in form.sections:
        assert language.section_words(section, ENGLISH)


def test_a_scale_says_what_its_ends_mean(form: Form):
    for question in (q for q in form.questions if q.kind is Kind.SCALE):
        assert language.words(f"{question.words}.low", ENGLISH)
        assert language.words(f"{question.words}.high", ENGLISH)


def test_no_words_stand_unused():
    used = set()
    for form in map(load.load, FORMS):
        used |= {f"questions.sections.{section}" for section in form.sections}
        used |= {question.words for question in form.questions}
        used |= {
            f"{question.option_words}.{option}"
            for question in form.questions
            for option in question.options
        }
    ends = re.compile(r"\.(ask|hint|text|low|high|title)$")
    keys = language.keys("en-GB")
    ours = {key for key in keys if key.startswith(("questions.", "options."))}
    assert {key for key in ours if key not in used and ends.sub("", key) not in used} == set()


def test_option_labels_of_a_question_differ(form: Form):
    for question in (q for q in form.questions if q.is_chosen):
        labels = [language.option_words(question, o, ENGLISH) for o in question.options]
        assert len(set(labels)) == len(labels), question.id


def test_ids_are_asked_once(form: Form):
    assert len(form.by_id) == len(form.questions)


def test_when_names_earlier_questions_and_their_options(form: Form):
    seen: dict[str, Question] = {}
    for question in form.questions:
        for earlier, codes in (question.when or {}).items():
            assert set(codes) <= set(seen[earlier].options), question.id
        seen[question.id] = question


def test_answers_that_call_a_person_can_be_given(form: Form):
    for question in form.questions:
        allowed = question.options if question.is_chosen else (ANY,)
        assert set(question.concern) | set(question.request) <= set(allowed), question.id


def test_an_answer_about_safety_is_not_read_out_or_only_counted(form: Form):
    private = {Audience.IRO, Audience.IRO_SW}
    assert {q.audience for q in form.questions if q.concern} <= private


def test_nothing_about_an_age_check_goes_beyond_the_reviewing_officer():
    about_age = [q for q in load.load("unaccompanied").questions if q.id.startswith("u.age")]
    assert {question.audience for question in about_age} == {Audience.IRO}


def test_only_who_is_filling_it_in_must_be_answered(form: Form):
    required = [question.id for question in form.questions if question.required]
    nobody = form.name in WITHOUT_FIRST or form.name.startswith("after_")
    assert required == ([] if nobody else [FIRST.get(form.name, "helper")])
    assert not required or form.questions[0].id == required[0]


def test_every_kind_of_question_is_asked_somewhere():
    assert {q.kind for name in FORMS for q in load.load(name).questions} == set(Kind)


def test_the_older_are_asked_all_that_the_younger_are_and_more():
    younger, older = load.load("child_8_11"), load.load("child_12_15")
    assert set(older.by_id) > set(younger.by_id)
    for question in younger.questions:
        same = older.by_id[question.id]
        assert (same.kind, same.options, same.audience) == (
            question.kind,
            question.options,
            question.audience,
        )


def test_a_module_repeats_nothing_of_a_childs_form():
    joined = load.compose("child_12_15", 1, ["unaccompanied:1"])
    apart = load.load("child_12_15").questions + load.load("unaccompanied").questions
    assert joined.questions == apart


@pytest.mark.parametrize("name", MAIN)
def test_the_text_version_has_ten_questions_the_last_but_one_open(name: str):
    short = in_short(load.load(name))
    assert len(short) == 10
    assert [question.kind for question in short[-2:]] == [Kind.TEXT, Kind.YES_NO]
    assert all(question.is_chosen for question in short[:5])


def test_the_module_adds_at_most_three_to_the_text_version():
    assert 2 <= len(in_short(load.load("unaccompanied"))) <= 3


def test_a_question_by_text_depends_only_on_questions_by_text(form: Form):
    asked = {question.id for question in in_short(form)}
    for question in in_short(form):
        assert set(question.when or ()) <= asked, question.id


def test_messages_are_short_plain_and_reveal_nothing(form: Form):
    for question in in_short(form):
        message = language.question_words(question, ENGLISH, text=True)
        labels = [language.option_words(question, o, ENGLISH) for o in question.options]
        assert len(message) <= MESSAGE_LIMIT, question.id
        for words in (message, *labels):
            assert GSM_7.fullmatch(words), words
            assert not REVEALING.search(words), words


def test_a_parents_form_reveals_nothing_about_where_the_child_lives():
    told = " ".join((*asks(load.load("parent")), *asks(load.load("after_parent")))).lower()
    assert not re.search(r"\b(carers?|foster|placement|address|live with)\b", told)


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("child_4_7", 1),
        ("child_8_11", 3),
        ("child_12_15", 4),
        ("child_16_17", 4),
        ("unaccompanied", 4),
        ("communication", 3),
        ("after_child", 4),
        ("survey", 4),
        ("care_leaver", 4),
        ("carer", 5),
        ("parent", 5),
        ("observer", 5),
        ("after_carer", 6),
        ("after_parent", 6),
        ("after_professional", 6),
        ("health", 6),
        ("education", 6),
    ],
)
def test_it_is_easy_to_read(name: str, grade: int):
    """A school grade of 3 in the American count is a reading age of eight to nine."""
    text = " ".join(asks(load.load(name)))
    assert school_grade(text) <= grade
    assert textstat.automated_readability_index(text) <= grade


def test_no_single_question_to_a_younger_child_is_long():
    assert [ask for ask in asks(load.load("child_8_11")) if len(ask.split()) > 15] == []


def test_hints_to_a_younger_child_are_easy_too():
    form = load.load("child_8_11")
    hints = {language.hint_words(question, ENGLISH) for question in form.questions} - {None}
    assert school_grade(" ".join(sorted(hints))) <= 4


def test_words_hold_no_markup_and_no_curly_quotes(form: Form):
    for question in form.questions:
        for key in ("ask", "hint", "text"):
            if language.has(f"{question.words}.{key}", ENGLISH):
                words = language.words(f"{question.words}.{key}", ENGLISH)
                assert not re.search("[<>&‘’“”–—\u00a0]", words), words


@pytest.mark.parametrize(
    "kind", ["yes", "no", "unsure", "partly", "skip", "back", "stop", "start", "help", "language"]
)
def test_replies_are_known_and_in_lower_case(kind: str):
    replies = language.listed(f"replies.{kind}", ENGLISH)
    assert replies
    assert [reply for reply in replies if reply != reply.lower()] == []


def test_no_reply_means_two_things():
    kinds = ["yes", "no", "unsure", "partly", "skip", "back", "stop", "start", "help", "language"]
    replies = [reply for kind in kinds for reply in language.listed(f"replies.{kind}", ENGLISH)]
    assert sorted(replies) == sorted(set(replies))


def test_stop_words_are_those_the_provider_acts_on():
    assert set(language.listed("replies.stop", ENGLISH)) == {
        "stop",
        "stopall",
        "unsubscribe",
        "end",
        "quit",
        "cancel",
        "revoke",
        "optout",
    }


@pytest.mark.parametrize(
    "said", ["kill myself", "hurt me", "hits me", "not safe", "run away", "scared of", "touches me"]
)
def test_words_of_distress_are_listed(said: str):
    assert said in language.listed("replies.distress", ENGLISH)
