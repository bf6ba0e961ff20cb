"""An authority says how far a language must have come; what it may say, and what holds unsaid."""

import pytest

from consult_app import config
from consult_app.languages.provenance import Standard
from tests.conftest import environment

PRODUCTION = environment("sqlite://", "https://consult.test") | {
    "CONSULT_ENV": "production",
    "SMS_SENDER": "twilio",
    "TWILIO_ACCOUNT_SID": "AC0",
    "TWILIO_AUTH_TOKEN": "t",
    "TWILIO_FROM": "+447700900999",
}


def test_drafts_are_for_trying_out_and_real_people_get_what_was_checked() -> None:
    assert config.from_environment(environment("sqlite://")).language_standard == "draft"
    assert config.from_environment(PRODUCTION).language_standard == "safety-checked"


@pytest.mark.parametrize("standard", list(Standard))
def test_an_authority_may_ask_for_more_or_less(standard: Standard) -> None:
    asked = PRODUCTION | {"CONSULT_LANGUAGE_STANDARD": standard.value}
    assert config.from_environment(asked).language_standard == standard.value
    assert tuple(each.value for each in Standard) == config.LANGUAGE_STANDARDS


def test_anything_else_is_refused() -> None:
    with pytest.raises(config.BadSettings, match="CONSULT_LANGUAGE_STANDARD is 'perfect'"):
        config.from_environment(PRODUCTION | {"CONSULT_LANGUAGE_STANDARD": "perfect"})


@pytest.mark.parametrize(
    ("standing", "offered_at"),
    [
        (Standard.DRAFT, {Standard.DRAFT}),
        (Standard.SAFETY_CHECKED, {Standard.DRAFT, Standard.SAFETY_CHECKED}),
        (Standard.CHECKED, set(Standard)),
    ],
)
def test_a_language_is_offered_at_its_standing_and_below(
    standing: Standard, offered_at: set[Standard]
) -> None:
    assert {asked for asked in Standard if asked.is_met_by(standing)} == offered_at
