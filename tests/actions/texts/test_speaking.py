"""The table of docs/who-is-speaking.md, rule by rule, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult_app.actions.texts.speaking import (
    Candidate,
    Chosen,
    Decision,
    Number,
    Pending,
    Scene,
    Standing,
    Step,
    decide,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ASKED, GOING_ON, OVER = Standing.ASKED, Standing.GOING_ON, Standing.OVER
ONE = Candidate(1, ASKED, label="A")
TWO = Candidate(2, ASKED, label="B")
THREE = Candidate(3, ASKED, label="C")
TALKING = Candidate(1, GOING_ON, by_text=True, label="A")
DONE = Candidate(1, OVER, label="A")
DONE_TOO = Candidate(4, OVER, label="D")


def scene(*candidates: Candidate, **known: object) -> Scene:
    return Scene(at=NOW, candidates=candidates, **known)


HEAR = [
    scene(ONE),
    scene(ONE, last=1),
    scene(TALKING, TWO),
    scene(TALKING, TWO, last=1),
    scene(DONE),
    scene(DONE, TWO, last=2, plain=True),
    scene(ONE, TWO, chosen=Chosen(1, NOW - timedelta(days=6)), plain=True),
    scene(ONE, TWO, last=1, chosen=Chosen(1, NOW), plain=True),
    scene(replace(TALKING, by_text=False), TWO, last=1, chosen=Chosen(1, NOW)),
]
ASK = [
    scene(ONE, TWO, THREE),
    scene(ONE, TWO, last=2),
    scene(TALKING, TWO, last=2),
    scene(TALKING, TWO, crossed=True),
    scene(DONE, TWO, last=1),
    scene(DONE, TWO, last=2),
    scene(DONE, TWO, last=2, plain=True, beside=1),
    scene(DONE, replace(TWO, standing=OVER)),
    scene(ONE, TWO, chosen=Chosen(1, NOW - timedelta(days=7))),
    scene(ONE, TWO, last=1, chosen=Chosen(1, NOW, interrupted=True)),
    scene(ONE, TWO, last=2, chosen=Chosen(1, NOW), plain=True),
    scene(ONE, TWO, last=1, chosen=Chosen(1, NOW)),
    scene(DONE, TWO, THREE, chosen=Chosen(1, NOW)),
    scene(ONE, TWO, pending=Pending((1, 2), NOW - timedelta(days=7))),
    scene(ONE, TWO, pending=Pending((1, 9), NOW - timedelta(days=2)), said=1),
]
STAFF = [
    scene(ONE, replace(TWO, label="A")),
    scene(*(Candidate(number, ASKED, label=str(number)) for number in range(10))),
    scene(ONE, TWO, pending=Pending((1, 2), NOW - timedelta(hours=2), open=False)),
    scene(ONE, TWO, pending=Pending((1, 2), NOW - timedelta(hours=2))),
    scene(ONE, TWO, pending=Pending((1, 2), NOW - timedelta(hours=2)), said=3),
    scene(ONE, TWO, pending=Pending((1, 2), NOW - timedelta(hours=2)), said=0),
    scene(ONE, TWO, pending=Pending((1, 9), NOW - timedelta(hours=2)), said=2),
]


def test_another_text_after_our_question_makes_it_unclear_again() -> None:
    asked = Pending((1, 2), NOW - timedelta(hours=1), interrupted=True)
    again = decide(scene(ONE, TWO, DONE_TOO, last=2, pending=asked, said=1, plain=True))
    assert again == Decision(Step.ASK, None, (1, 2, 4))


@pytest.mark.parametrize("known", HEAR)
def test_what_is_certain_goes_on(known: Scene) -> None:
    decision = decide(known)
    assert decision.step is Step.HEAR
    expected = known.chosen.id if known.chosen else known.last or known.candidates[0].id
    assert decision.consultation == expected


@pytest.mark.parametrize("known", ASK)
def test_what_is_not_is_asked_about(known: Scene) -> None:
    decision = decide(known)
    assert decision.step is Step.ASK
    assert set(decision.offered) <= {one.id for one in known.candidates}
    assert len(decision.offered) >= 2


@pytest.mark.parametrize("known", STAFF)
def test_what_stays_unclear_goes_to_a_person(known: Scene) -> None:
    assert decide(known) == Decision(Step.STAFF)


@pytest.mark.parametrize("number", [Number.UNKNOWN, Number.OLD, Number.UNSAFE])
def test_such_a_number_is_told_nothing_whatever_else_is_known(number: Number) -> None:
    known = scene(ONE, number=number, chosen=Chosen(1, NOW), pending=Pending((1,), NOW), said=1)
    assert decide(known) == Decision(Step.QUIET)


def test_a_doubtful_number_is_asked_about_first() -> None:
    assert decide(scene(ONE, number=Number.DOUBTFUL, last=1)) == Decision(Step.CHECK)


def test_a_phone_that_shows_anothers_text_is_told_nothing() -> None:
    assert decide(scene(ONE, strange=True)) == Decision(Step.QUIET)


def test_a_number_chooses_while_the_question_is_open() -> None:
    asked = Pending((2, 1), NOW - timedelta(days=6))
    assert decide(scene(ONE, TWO, pending=asked, said=1)) == Decision(Step.TAKE, 2)
    assert decide(scene(ONE, TWO, pending=asked, said=2)) == Decision(Step.TAKE, 1)


def test_what_was_written_before_our_question_was_read_is_held() -> None:
    asked = Pending((1, 2), NOW - timedelta(seconds=30))
    assert decide(scene(ONE, TWO, pending=asked)) == Decision(Step.HOLD)


def test_of_what_is_over_only_the_one_spoken_of_last_is_offered() -> None:
    far = Candidate(4, OVER, label="D")
    known = scene(DONE, TWO, THREE, far, last=1)
    assert decide(replace(known, plain=True)).offered == (2, 3, 1)
    assert decide(known).offered == (1, 2, 3, 4)  # free text may be about any
