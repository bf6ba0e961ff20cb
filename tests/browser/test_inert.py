"""P7, S2 and S6 in a real browser: words stay words, and a link leaves no trace."""

import unicodedata

import pytest
from playwright.sync_api import Page

from consult_app.actions.staff_access import NewAccount, add_staff
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Role, StaffRole
from consult_app.models.link import Link
from consult_app.models.visit import Visit
from consult_app.questionnaires.load import load
from tests.browser.conftest import LiveServer
from tests.browser.journey import swapped
from tests.browser.test_respondent import begin
from tests.browser.test_staff import PASSWORD, _sign_in
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser

DONE_BY_SCRIPT = "window.struck === undefined && document.querySelector('main img') === null"
TYPED = {
    "home.like": "<script>window.struck=1</script><img src=x onerror=window.struck=1>",
    "home.change": "\"'></textarea><svg onload=window.struck=1>{{ 7*7 }}{% raw %}%(a)s",
    "school.help": "\u202egnp.exe\u202c \u2066left\u2069 zero\u200bwidth",
    "fun": "أحب المدرسة 10 من 10، لكن الليل صعب.",
    "fun.try": "ኣብ ገዛ ጽቡቕ እዩ። 👩‍👧‍👦 e\u0301",
    "family.want": "one\ntwo",
    "other": "=cmd|' /C calc'!A0",
}


def test_what_is_typed_is_what_is_read_and_it_does_nothing(
    desk: Page, live_server: LiveServer
) -> None:
    asked, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    desk.on("dialog", lambda dialog: pytest.fail(dialog.message))
    begin(desk, f"{live_server.url}/r/{token}")
    ids = [question.id for question in load("child_8_11").questions]
    for question, words in TYPED.items():
        desk.goto(f"{live_server.url}/answer/q/{ids.index(question)}")
        desk.fill("textarea", words)
        swapped(desk, lambda: desk.click("form#q button.main"))
        assert desk.evaluate(DONE_BY_SCRIPT)
    for path in ("/answer/check", "/answer/own"):
        desk.goto(live_server.url + path)
        _stand(desk)
    desk.goto(live_server.url + _pack(desk, live_server, asked))
    _stand(desk)


def _stand(page: Page) -> None:
    """All that was typed can be read on the page, and nothing of it has run."""
    wanted = {unicodedata.normalize("NFC", words) for words in TYPED.values()}
    shown = page.evaluate("[...document.querySelectorAll('main *')].map(e => e.textContent)")
    assert wanted - {words.strip() for words in shown} == set(), page.url
    assert page.evaluate(DONE_BY_SCRIPT), page.url


def _pack(page: Page, server: LiveServer, asked: int) -> str:
    """Sign in as the officer; the address of the pack."""
    with server.database.transaction() as session:
        review = session.get_one(Consultation, asked).review
        reference, own = review.iro.reference, f"/staff/review/{review.id}"
        new = NewAccount("iro@westmere.example", "Kim", PASSWORD, [StaffRole.IRO], reference)
        add_staff(session, new)
    _sign_in(page, server, "iro")
    return own


def test_a_link_is_not_burnt_by_looking_and_leaves_no_trace(
    phone: Page, live_server: LiveServer
) -> None:
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    address = f"{live_server.url}/r/{token}"
    for method in ("GET", "HEAD", "GET"):
        assert phone.request.fetch(address, method=method).ok
    with live_server.database.reading() as session:
        assert session.query(Visit).count() == 0
        assert token not in session.query(Link).one().token_hash
    sent: list[str] = []
    begin(phone, address)
    phone.on("request", lambda one: sent.append(one.url + str(one.headers)))
    phone.reload()
    swapped(phone, lambda: phone.click("form#q .card >> nth=0"))
    assert token not in "".join((*sent, phone.url, phone.content()))
    assert phone.evaluate("document.referrer") == ""
    phone.go_back()
    assert token not in phone.url
