"""A small form with every kind of question, and the words of two languages, for these tests."""

from consult_app.conversation.answers import State
from consult_app.conversation.fold import fold
from consult_app.conversation.form import FIXED_OPTIONS, Audience, Form, Kind, Question
from consult_app.conversation.understand import Command, Labels


def question(name: str, kind: Kind, **more) -> Question:
    """A question whose words nobody needs."""
    options = FIXED_OPTIONS.get(kind) or more.pop("options", ())
    return Question(
        id=name, kind=kind, section=more.pop("section", "one"), words=f"q.{name}",
        option_words=f"q.{name}.options", options=options, **more,
    )  # fmt: skip


FORM = Form(
    "small",
    1,
    "child",
    (
        question("helper", Kind.ONE, options=("me", "helped"), required=True),
        question("home", Kind.FACES5, short=True, audience=Audience.MEETING),
        question("home.more", Kind.TEXT, when={"home": ("1", "2")}, short=True),
        question("safe", Kind.YES_NO, concern=("no", "unsure"), short=True),
        question("plan", Kind.YES_PARTLY_NO, section="two"),
        question("mood", Kind.FACES3, section="two"),
        question("people", Kind.MANY, options=("mum", "friend", "teacher"), section="two"),
        question("scale", Kind.SCALE, section="two", short=True),
        question("advocate", Kind.YES_NO, request=("yes",), section="two"),
        question("when", Kind.DATE, section="two"),
        question("other", Kind.TEXT, section="two"),
    ),
)

ENGLISH = Labels(
    language="en-GB",
    commands={
        "skip": Command.SKIP,
        "back": Command.BACK,
        "stop": Command.STOP,
        "help": Command.HELP,
    },
    replies={"yes": "yes", "y": "yes", "no": "no", "not sure": "unsure", "partly": "partly"},
    options={
        "people": {"my mum": "mum", "a friend": "friend", "my teacher": "teacher"},
        "helper": {"me": "me", "someone helps": "helped"},
    },
    languages={"english": "en-GB", "tigrinya": "ti"},
    language_words=frozenset({"language"}),
    distress=(" hits me", " want to die"),
)
TIGRINYA = Labels(
    language="ti",
    commands={fold("ደው ኣብል"): Command.STOP, fold("ሓገዝ"): Command.HELP},
    replies={fold("እወ"): "yes", fold("ኣይፋልን"): "no"},
    languages={fold("እንግሊዝኛ"): "en-GB", fold("ትግርኛ"): "ti"},
    distress=(fold("ይወቅዑኒ"),),
    english=ENGLISH,
)


def state(waiting: str | None = None, **answers) -> State:
    """A state of the small form; dots in question ids are written as double underscores."""
    said = {name.replace("__", "."): value for name, value in answers.items()}
    return State(FORM.name, FORM.version, said, waiting)
