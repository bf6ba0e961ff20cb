"""The code that the facts of a review support."""

import pytest

from consult_app.reviewing.participation import CODES, MEANINGS, ReviewFacts, suggest


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (ReviewFacts(age=3, attended=True, spoke="self"), "PN0"),
        (ReviewFacts(age=4, attended=True, spoke="self"), "PN1"),
        (ReviewFacts(age=None, attended=True, spoke="self"), "PN1"),
        (ReviewFacts(age=9, attended=True, spoke="advocate"), "PN2"),
        (ReviewFacts(age=9, attended=True, spoke="symbols"), "PN3"),
        (ReviewFacts(age=9, attended=True, spoke="none"), "PN4"),
        (ReviewFacts(age=9, attended=False, spoke="advocate"), "PN5"),
        (ReviewFacts(age=9, attended=False, returned=True, wants_advocate=True), "PN5"),
        (ReviewFacts(age=9, attended=False, returned=True), "PN6"),
        (ReviewFacts(age=9, attended=False), "PN7"),
        (ReviewFacts(age=9, attended=False, wants_advocate=True), "PN7"),
    ],
)
def test_code(facts: ReviewFacts, code: str) -> None:
    assert suggest(facts).code == code


@pytest.mark.parametrize("spoke", ["self", "advocate", "symbols", "none"])
def test_a_return_never_changes_the_code_of_a_child_who_attended(spoke: str) -> None:
    with_form = suggest(ReviewFacts(age=9, attended=True, spoke=spoke, returned=True))
    without = suggest(ReviewFacts(age=9, attended=True, spoke=spoke))
    assert with_form.code == without.code
    assert "returned_before" in with_form.evidence


def test_a_return_alone_suggests_nothing() -> None:
    suggestion = suggest(ReviewFacts(age=9, attended=None, returned=True))
    assert suggestion.code == ""
    assert suggestion.evidence == ("attendance_not_recorded", "returned_before")


def test_attended_but_nobody_wrote_how() -> None:
    assert suggest(ReviewFacts(age=9, attended=True)).code == ""


def test_attending_in_silence_after_a_return_asks_who_presented_it() -> None:
    silent = ReviewFacts(age=9, attended=True, spoke="none", returned=True)
    assert "ask_who_presented" in suggest(silent).evidence


def test_every_code_has_a_meaning() -> None:
    assert tuple(f"PN{number}" for number in range(8)) == CODES
    assert set(MEANINGS) == set(CODES)
