"""Every transcript through the engine alone."""

import pytest

from consult_app import language
from consult_app.conversation import chat
from consult_app.conversation.answers import Concern, State
from tests import transcript


@pytest.mark.parametrize("played", transcript.ALL, ids=lambda played: played.name)
def test_the_engine_ends_in_the_transcripts_answers(played):
    form = played.form
    state, _ = chat.begin(form, State(form.name, form.version, language=played.language))
    raised = []
    for asked, said in played.turns:
        assert state.waiting == asked
        labels = language.labels(form, state.language)
        state, outcomes = chat.hear(form, state, said, labels)
        raised += [f"{o.question} {o.reason} {o.level}" for o in outcomes if isinstance(o, Concern)]
    assert state.finished
    assert state.answers == played.answers
    assert tuple(raised) == played.concerns
