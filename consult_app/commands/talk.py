"""`consult talk`: a consultation in the terminal, typed or played from a transcript file."""

from collections.abc import Iterator
from pathlib import Path

import click
import yaml

from consult_app import language
from consult_app.commands.say import Refused, start
from consult_app.conversation import chat
from consult_app.conversation.answers import Asked, NotUnderstood, Outcome, State, Stopped
from consult_app.conversation.form import Depth, Form, Question
from consult_app.questionnaires.load import UnknownQuestionnaire, compose, names


@click.command("talk")
@click.argument("questionnaire")
@click.option("--language", "tag", default=language.ENGLISH, show_default=True, help="en-GB, ar …")
@click.option("--module", "modules", multiple=True, help="A module to join: unaccompanied:1")
@click.option("--short", is_flag=True, help="Ask the short text version.")
@click.option("--play", type=click.Path(path_type=Path), help="A transcript file to play.")
def talk(
    questionnaire: str, tag: str, modules: tuple[str, ...], short: bool, play: Path | None
) -> None:
    """Hold a consultation here; nothing is stored. An empty line ends it."""
    start()
    if not language.is_offered(tag):
        known = ", ".join(each.tag for each in language.languages())
        raise Refused(f"no language {tag}: use one of {known}")
    form = _form(questionnaire, modules, Depth.SHORT if short else Depth.FULL)
    replies = _played(play) if play else _typed()
    _converse(form, State(form.name, form.version, language=tag), replies)


def _form(questionnaire: str, modules: tuple[str, ...], depth: Depth) -> Form:
    try:
        return compose(questionnaire, names().get(questionnaire, 0), modules, depth)
    except (UnknownQuestionnaire, ValueError):
        known = ", ".join(f"{name} ({version})" for name, version in names().items())
        raise Refused(f"no questionnaire {questionnaire}: there are {known}") from None


def _typed() -> Iterator[str]:
    while line := click.prompt(">", default="", show_default=False, prompt_suffix=" "):
        yield line


def _played(file: Path) -> Iterator[str]:
    try:
        turns = yaml.safe_load(file.read_text(encoding="utf-8"))["turns"]
        replies = [str(turn["say"]) for turn in turns]
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise Refused(f"{file} is no transcript: {error}") from None
    for reply in replies:
        click.echo(f"> {reply}")
        yield reply


def _converse(form: Form, state: State, replies: Iterator[str]) -> None:
    state, outcomes = chat.begin(form, state)
    _say(form, state, outcomes)
    for reply in replies:
        labels = language.labels(form, state.language)
        state, outcomes = chat.hear(form, state, reply, labels)
        _say(form, state, outcomes)
        if state.finished or any(isinstance(outcome, Stopped) for outcome in outcomes):
            break
    click.echo(yaml.safe_dump({"answers": dict(state.answers)}, allow_unicode=True).rstrip())


def _say(form: Form, state: State, outcomes: tuple[Outcome, ...]) -> None:
    """The next question in words; what else happened, by its name."""
    for outcome in outcomes:
        if isinstance(outcome, Asked):
            click.echo(_in_words(form.by_id[outcome.question], state.language))
        elif isinstance(outcome, NotUnderstood):
            click.echo(f"  (not understood: {outcome.reason})")
        else:
            click.echo(f"  ({type(outcome).__name__})")


def _in_words(question: Question, tag: str) -> str:
    lines = [language.question_words(question, tag), language.hint_words(question, tag) or ""]
    if question.options and len(question.options) <= 10:
        lines += [
            f"  {number} {language.option_words(question, option, tag)}"
            for number, option in enumerate(question.options, start=1)
        ]
    return "\n".join(["", *(line for line in lines if line)])
