"""What the stand-in took and what it will do next; every text it took is a line of its ledger."""

import json
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ACCOUNT = "AC" + "0" * 32
SAME_SID = "SM" + "0" * 32
TOKEN = "stand-in auth token"  # noqa: S105 - opens nothing but the stand-in
Form = dict[str, str]


@dataclass
class Text:
    """One text in the stand-in's records, either way."""

    sid: str
    to: str
    sender: str
    body: str
    direction: str
    status: str
    made_at: datetime
    callback: str = ""
    media: int = 0


@dataclass
class StandIn:
    """The records, and what the next calls get.

    `faults` is used up from the front by calls that send, `listing_faults` by calls that ask:
    "ok", "429", a status from 500 up, "hang" (taken, but the answer comes too late), "lose"
    (the same, and not taken), "drop", "take-then-drop", "take-then-500", or one of Twilio's
    codes such as "21610". When a list is empty all goes well. `ledger` holds what was taken as
    it was sent. With `same_sid` every text gets one and the same id. `media` holds pictures and
    sounds by their id; the API sends on to `store` for them, which is the stand-in itself.
    """

    url: str = ""
    account: str = ACCOUNT
    token: str = TOKEN
    ledger: list[Form] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    listing_faults: list[str] = field(default_factory=list)
    hang_s: float = 2.0
    same_sid: bool = False
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    store: str = ""
    path: Path | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def next_fault(self, faults: list[str]) -> str:
        """What happens to this call; used up by it."""
        with self.lock:
            return faults.pop(0) if faults else "ok"

    def take(self, form: Form) -> Text:
        """Enter a message that was sent into the ledger and give it an id."""
        with self.lock:
            sender = form.get("From") or form.get("MessagingServiceSid", "")
            text = Text(
                self._sid(), form.get("To", ""), sender, form.get("Body", ""),
                "outbound-api", "queued", self.now(), form.get("StatusCallback", ""),
            )  # fmt: skip
            self.ledger.append({"sid": text.sid, **form})
            self._enter(text)
        return text

    def arrive(self, *, sender: str, to: str, body: str) -> Text:
        """A text from a telephone to the service."""
        with self.lock:
            sid = self._fresh()
            text = Text(sid, to, sender, body, "inbound", "received", self.now())
            self._enter(text)
        return text

    def picture(self, content: bytes, kind: str = "image/png") -> str:
        """Hold a picture or a sound; the address that a message names it by."""
        with self.lock:
            name = f"ME{len(self.media):032x}"
            self.media[name] = (kind, content)
        return f"{self.url}/2010-04-01/Accounts/{self.account}/Messages/MM0/Media/{name}"

    def last_wrote(self, number: str) -> datetime | None:
        """When somebody last wrote to the service; None when they never did."""
        with self.lock:
            wrote = [
                t.made_at for t in self.texts if t.direction == "inbound" and t.sender == number
            ]
        return max(wrote, default=None)

    def bodies(self) -> list[str]:
        """The words of every text that was taken, in order."""
        with self.lock:
            return [entry.get("Body", "") for entry in self.ledger]

    def break_with(self, faults: Iterable[str]) -> None:
        """Let the next calls that send fail so."""
        with self.lock:
            self.faults += faults

    def _sid(self) -> str:
        return SAME_SID if self.same_sid else self._fresh()

    def _fresh(self) -> str:
        """An id that no text has, also none of a stand-in that ran before."""
        return f"SM{self.run}{len(self.texts):016x}"

    def _enter(self, text: Text) -> None:
        self.texts.append(text)
        if self.path is not None:
            line = asdict(text) | {"made_at": text.made_at.isoformat()}
            with self.path.open("a", encoding="utf-8") as ledger:
                ledger.write(json.dumps(line, ensure_ascii=False) + "\n")
