"""P1: the right child, or ask: never guess. Judged by what only the writers of the texts know."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from consult_app.models.answer import Answer
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState
from tests.actions.texts.dialogue_maker import KINDS, Dialogue, misfiled


def _play(database, settings, folder, seeds: range) -> Counter[str]:
    """Play dialogues, each in a world of its own; what became of their texts."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        with database.session() as session:
            dialogue = Dialogue(session, settings, seed, folder)
            dialogue.play()
            assert misfiled(dialogue) == [], (seed, dialogue.kind)
            counts["dialogues"] += 1
            counts["texts"] += len(dialogue.truths)
            counts["choices"] += dialogue.asked_whom
            counts["answers"] += session.scalar(select(func.count(Answer.id))) or 0
            states = select(Inbound.state, func.count()).group_by(Inbound.state)
            counts.update({str(state): number for state, number in session.execute(states)})
            session.rollback()
    return counts


def test_two_hundred_dialogues_and_nothing_is_misfiled(database, settings, tmp_path) -> None:
    counts = _play(database, settings, tmp_path, range(200))
    assert counts["dialogues"] == 200
    assert counts["answers"] > 100, counts
    assert counts["choices"] > 30, counts
    assert counts[InboundState.HEARD] > counts[InboundState.QUARANTINED], counts


@pytest.mark.long
def test_two_thousand_dialogues_and_nothing_is_misfiled(database, settings, tmp_path) -> None:
    counts = _play(database, settings, tmp_path, range(10_000, 12_000))
    assert counts["dialogues"] == 2_000
    assert counts["choices"] > 300, counts
    print(dict(counts))


def test_every_story_is_told() -> None:
    assert {KINDS[seed % len(KINDS)] for seed in range(200)} == set(KINDS)
