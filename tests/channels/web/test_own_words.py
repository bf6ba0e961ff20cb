"""What was typed is what is read, and it does nothing."""

import unicodedata

import pytest

from tests.channels.web.phone import child_of_nine, said

TYPED = {
    "arabic": "أحب المدرسة 10 من 10، لكن الليل صعب.",
    "tigrinya": "ኣብ ገዛ ጽቡቕ እዩ። ሓወይ ክርእዮ ይደሊ።",
    "emoji": "👩‍👧‍👦 ❤️ 🏳️‍🌈 1️⃣",
    "combining": "e\u0301 n\u0303 בְּרֵאשִׁית",
    "long": "ሰላም! " * 266,
    "two lines": "one\ntwo",
}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "%(count)s %s {0}",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe\u202c\u200b\ufeff",
)


def written(app, database, text: str):
    """A child who wrote `text` in the chat, looking at the check page."""
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    question = "home.like"
    phone.client.post(
        "/answer/q", data=phone.hidden("/answer/q") | {"question": question, "text": text}
    )
    phone.get("/answer/check")
    return consultation_id, phone


def shown(html: str) -> list[str]:
    """The own words on a page, as a reader sees them."""
    from html import unescape  # the standard library's, named like its argument elsewhere

    return [unescape(part.split("</span>")[0]) for part in html.split('dir="auto">')[1:]]


@pytest.mark.parametrize("name", TYPED)
def test_own_words_come_back_as_they_were_typed(app, database, session, name):
    text = unicodedata.normalize("NFC", TYPED[name].strip())
    consultation_id, phone = written(app, database, TYPED[name])
    assert said(session, consultation_id)["home.like"] == text
    assert text in shown(phone.html)


@pytest.mark.parametrize("text", HOSTILE)
def test_own_words_are_inert(app, database, session, text):
    consultation_id, phone = written(app, database, text)
    assert said(session, consultation_id)["home.like"] == text
    assert text in shown(phone.html)
    assert "<script>alert" not in phone.html
    assert "<img" not in phone.html


def test_what_a_database_cannot_hold_is_dropped(app, database, session):
    consultation_id, _ = written(app, database, "be\x00fore\r\nafter\x07")
    assert said(session, consultation_id)["home.like"] == "before\nafter"
