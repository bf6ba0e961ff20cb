"""The stand-in against the real client, and what it refuses, lists and reports."""

import base64
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from twilio.request_validator import RequestValidator

from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from consult_app.standin.server import Ways, running
from tests.outbox.letters import NUMBER

PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
GOOD = {"To": NUMBER, "From": "+447700900999", "Body": "Hello"}


def call(
    twilio: StandIn, path: str, fields: dict[str, str] | None = None, token: str = TOKEN
) -> tuple[int, dict[str, object]]:
    """One call with basic auth: POST when there are fields. Its status and what it said."""
    data = urllib.parse.urlencode(fields).encode() if fields is not None else None
    request = urllib.request.Request(twilio.url + path, data)
    basic = base64.b64encode(f"{ACCOUNT}:{token}".encode()).decode()
    request.add_header("Authorization", f"Basic {basic}")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


REFUSED = [
    ({"To": ""}, 21604),
    ({"To": "07700 900123"}, 21211),
    ({"From": ""}, 21603),
    ({"From": "not a sender, surely"}, 21212),
    ({"Body": ""}, 21602),
    ({"Body": "x" * 1_601}, 21617),
    ({"StatusCallback": "ftp://x"}, 21609),
    ({"ValidityPeriod": "36001"}, 21621),
    ({"ValidityPeriod": "soon"}, 21621),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_it_refuses_what_twilio_refuses(twilio: StandIn, wrong, code) -> None:
    status, said = call(twilio, f"{PATH}.json", GOOD | wrong)
    assert (status, said["code"], said["status"]) == (400, code, 400)
    assert twilio.ledger == []


def test_it_lets_nobody_in_without_the_token(twilio: StandIn) -> None:
    status, said = call(twilio, f"{PATH}.json", GOOD, token="wrong")
    assert (status, said["code"]) == (401, 20003)
    assert call(twilio, f"{PATH}.json", token="wrong")[0] == 401
    assert twilio.ledger == []


def test_it_takes_lists_and_tells_of_one(twilio: StandIn) -> None:
    status, made = call(twilio, f"{PATH}.json", GOOD)
    assert (status, made["status"], made["direction"]) == (201, "queued", "outbound-api")
    assert call(twilio, f"{PATH}/{made['sid']}.json") == (200, made)
    assert call(twilio, f"{PATH}/SMnone.json")[0] == 404
    assert call(twilio, f"{PATH}.json")[1]["messages"] == [made]


def sids(twilio: StandIn, query: str) -> list[str]:
    return [one["sid"] for one in call(twilio, f"{PATH}.json?{query}")[1]["messages"]]


def test_the_listing_keeps_its_filters(twilio: StandIn) -> None:
    day = datetime(2026, 3, 3, 12, tzinfo=UTC)
    made = []
    for number in range(4):
        twilio.now = lambda number=number: day + timedelta(days=number)
        made.append(twilio.arrive(sender=f"+44770090010{number}", to=GOOD["From"], body="x").sid)
    assert sids(twilio, "") == made[::-1]
    assert sids(twilio, "From=%2B447700900102") == [made[2]]
    assert sids(twilio, "To=%2B447700900999&DateSent>=2026-03-05") == [made[3], made[2]]
    assert sids(twilio, "DateSent<=2026-03-04") == [made[1], made[0]]
    assert sids(twilio, "DateSent=2026-03-04") == [made[1]]
    assert sids(twilio, "PageSize=3&Page=1") == [made[0]]


def test_one_id_for_all(twilio: StandIn) -> None:
    twilio.same_sid = True
    assert len({call(twilio, f"{PATH}.json", GOOD)[1]["sid"] for _ in range(3)}) == 1
    assert len(twilio.ledger) == 3


FAULTS = [("ok", 201, 1), ("429", 429, 0), ("503", 503, 0), ("take-then-500", 500, 1)]
FAULTS += [("21610", 400, 0)]


@pytest.mark.parametrize(("fault", "status", "taken"), FAULTS)
def test_faults_with_an_answer(twilio: StandIn, fault, status, taken) -> None:
    twilio.break_with([fault])
    assert call(twilio, f"{PATH}.json", GOOD)[0] == status
    assert len(twilio.ledger) == taken


@pytest.mark.parametrize(("fault", "taken"), [("drop", 0), ("take-then-drop", 1), ("hang", 1)])
def test_faults_without_an_answer(twilio: StandIn, fault, taken) -> None:
    twilio.break_with([fault])
    twilio.hang_s = 0.1
    with pytest.raises((OSError, http.client.HTTPException)):
        call(twilio, f"{PATH}.json", GOOD)
    assert len(twilio.ledger) == taken


def test_faults_at_a_click_and_a_ledger_of_lines(tmp_path) -> None:
    with running(StandIn(path=tmp_path / "ledger.jsonl")) as twilio:
        click = urllib.parse.urlencode({"fault": "429", "count": "3"}).encode()
        with urllib.request.urlopen(f"{twilio.url}/standin/faults", click, timeout=5) as page:
            assert b"429, 429, 429" in page.read()
        assert twilio.faults == ["429"] * 3
        twilio.faults.clear()
        call(twilio, f"{PATH}.json", GOOD | {"Body": "<b>ሰላም"})
        with urllib.request.urlopen(f"{twilio.url}/", timeout=5) as page:
            assert "&lt;b&gt;ሰላም" in page.read().decode()
    lines = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text().splitlines()]
    assert [line["body"] for line in lines] == ["<b>ሰላም"]


class Service(BaseHTTPRequestHandler):
    """Remembers what was brought to it."""

    seen: list[tuple[str, dict[str, str], str]]

    def do_POST(self) -> None:
        """Take anything."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        signed = self.headers["X-Twilio-Signature"]
        fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        type(self).seen.append((self.path, fields, signed))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing on stderr."""


def test_reports_and_texts_are_brought_signed() -> None:
    Service.seen = []
    service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=service.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{service.server_port}"
    with running(ways=Ways(f"{home}/sms/inbound", reports=True)) as twilio:
        call(twilio, f"{PATH}.json", GOOD | {"StatusCallback": f"{home}/sms/status?message=7"})
        text = urllib.parse.urlencode({"From": NUMBER, "Body": "ja 🙂"}).encode()
        urllib.request.urlopen(f"{twilio.url}/standin/inbound", text, timeout=5).close()
        lost = text + b"&missed=yes"
        urllib.request.urlopen(f"{twilio.url}/standin/inbound", lost, timeout=5).close()
    service.shutdown()
    service.server_close()
    states = [fields.get("MessageStatus") for _, fields, _ in Service.seen]
    assert sorted(states, key=str) == [None, "delivered", "sent"]
    assert [text.direction for text in twilio.texts].count("inbound") == 2
    for path, fields, signed in Service.seen:
        assert RequestValidator(TOKEN).validate(home + path, fields, signed)
