"""Which words GOV.UK Notify sends as they are."""

import pytest

from consult_app import language
from consult_app.channels.notify.scripts import can_write
from consult_app.models.kinds import Channel

SMS, EMAIL, LETTER = Channel.SMS, Channel.EMAIL, Channel.LETTER
WRITTEN = [
    (SMS, "Hello @ £3 [ok] €", True),
    (SMS, "Eich llais: cyfarfod ddydd Mawrth, tŷ, dŵr, môr", True),
    (SMS, "مرحبا", False),
    (SMS, "ሰላም", False),
    (SMS, "Привіт", False),
    (SMS, "Hello 🙂", False),
    (SMS, "Bạn", False),
    (EMAIL, "ሰላም", True),
    (LETTER, "Dear Zoë, café – 3 o'clock", True),
    (LETTER, "ሰላም", False),
]


@pytest.mark.parametrize(("channel", "words", "goes"), WRITTEN)
def test_what_can_be_written(channel, words, goes):
    assert can_write(channel, words) is goes


@pytest.mark.parametrize("tag", ["en-GB", "en-GB-x-easy"])
def test_every_english_text_of_ours_can_go(tag):
    """Nothing that our English files say is lost on the way."""
    for key in ("invite.carer", "invite.child", "reminder1.parent", "stopped", "help.adult"):
        assert can_write(SMS, language.words(f"texts.{key}", tag, iro="Jo", day="12 March", link="x",
                                             emergency="999", time="9:00"))  # fmt: skip
