"""What each caller does: look at a question, save answers, send texts; and the two baselines."""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from consult_app import config
from consult_app.channels.sms.signature import sign
from consult_app.questionnaires.load import load
from tests.bench.load import Caller, Plan, Request

Sends = Iterator[Callable[[], object]]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def hello(port: int) -> Sends:
    """The bare page, again and again."""
    caller = Caller(port)
    while True:
        yield partial(caller.send, Request("GET", "/"))


def insert(port: int) -> Sends:
    """One committed insert, again and again."""
    caller = Caller(port)
    while True:
        yield partial(caller.send, Request("POST", "/", status=204, fields={"a": "b"}))


def page(tokens: list[str]) -> Plan:
    """A respondent looking at a question, again and again."""

    def sends(port: int) -> Sends:
        caller, _ = opened(port, tokens[0])
        while True:
            yield partial(caller.send, Request("GET", "/answer/q"))

    return sends


def answers(tokens: list[str]) -> Plan:
    """Respondents answering every question that is asked of everybody, one after another."""

    def sends(port: int) -> Sends:
        everybody = [q for q in load("child_12_15").questions if q.when is None]
        doors = [opened(port, token) for token in tokens]
        for caller, token in doors:
            for question in everybody:
                text = "1" if question.is_chosen else "I would like to see my sister more often."
                yield partial(_answer, caller, token, (question.id, text))

    return sends


def _answer(caller: Caller, token: str, said: tuple[str, str]) -> None:
    fields = {"csrf_token": token, "id": secrets.token_hex(8)}
    fields |= {"question": said[0], "text": said[1]}
    caller.send(Request("POST", "/answer/q", status=303, fields=fields))


def opened(port: int, token: str) -> tuple[Caller, str]:
    """A browser at the first question, and its form token."""
    caller = Caller(port)
    form_token = _form_token(caller, f"/r/{token}")
    opening = {"csrf_token": form_token, "l": "en-GB"}
    caller.send(Request("POST", f"/r/{token}", status=303, fields=opening))
    form_token = _form_token(caller, "/answer/way")
    way = {"csrf_token": form_token, "skin": "chat", "depth": "full"}
    caller.send(Request("POST", "/answer/way", status=303, fields=way))
    return caller, _form_token(caller, "/answer/q")


def _form_token(caller: Caller, path: str) -> str:
    found = TOKEN.search(caller.send(Request("GET", path)))
    assert found, f"{path} carries no form token"
    return found[1]


@dataclass(frozen=True)
class Texts:
    """Carers answering by text: each number's whole consultation, signed beforehand."""

    numbers: list[str]
    settings: config.Settings
    each: int = 11

    def __call__(self, port: int) -> Sends:
        """The texts of one number after another."""
        caller = Caller(port)
        requests = [self._text(number) for number in self.numbers for _ in range(self.each)]
        for request in requests:
            yield partial(caller.send, request)

    def _text(self, number: str) -> Request:
        fields = {"MessageSid": f"SM{secrets.token_hex(16)}", "From": number, "Body": "1"}
        signature = sign(self.settings, "/sms/inbound", fields)
        return Request(
            "POST", "/sms/inbound", fields=fields, headers={"X-Twilio-Signature": signature}
        )
