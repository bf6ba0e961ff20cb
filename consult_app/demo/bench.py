"""The phones on the table: which ones, which stands in front, and what they are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from consult_app import language
from consult_app.config import Settings
from consult_app.demo import people
from consult_app.demo.handset import Phone, hold
from consult_app.demo.wire import Wire
from consult_app.outbox.quiet import quiet_hours

MOST = 3
DIGITS = {"ar": "١٢٣٤٥", "ckb": "١٢٣٤٥", "Arab": "۱۲۳۴۵", "Ethi": "፩፪፫፬፭", "Beng": "১২৩৪৫"}
"""One to five as a language or, failing that, its script writes them."""


@dataclass(frozen=True)
class Bench:
    """What the address says: the keys of the phones, and the place of the one in front."""

    keys: tuple[str, ...]
    front: int = 0

    @property
    def query(self) -> str:
        """The same as part of an address."""
        return urlencode([*(("on", key) for key in self.keys), ("front", self.front)])

    def at(self, place: int) -> "Bench":
        """With another phone in front."""
        return replace(self, front=place)

    def put(self, key: str) -> "Bench":
        """With a phone in the front one's place; it changes places where it lies here already."""
        front = self.keys[self.front] if self.front < len(self.keys) else key
        swapped = [{key: front, front: key}.get(one, one) for one in self.keys]
        keys = swapped if key in self.keys else [*self.keys[: self.front], key]
        rest = () if key in self.keys else self.keys[self.front + 1 :]
        return replace(self, keys=(*keys, *rest)[:MOST])

    def without(self, place: int) -> "Bench":
        """With one phone less."""
        return Bench(self.keys[:place] + self.keys[place + 1 :])


def asked_for(fields: MultiDict[str, str], session: Session) -> Bench:
    """The bench that an address asks for; the usual phones where it names none that exist."""
    wanted = list(dict.fromkeys(fields.getlist("on")))[:MOST]
    keys = list(people.numbers(session, wanted)) or people.usual(session)
    front = fields.get("front", "0")
    place = int(front) if front in ("0", "1", "2") else 0
    return Bench(tuple(keys), min(place, len(keys)))


def drawn(session: Session, bench: Bench, settings: Settings, wire: Wire) -> list[Phone]:
    """The phones with what stands on them."""
    numbers = people.numbers(session, bench.keys)
    known = wire.known(numbers.values())
    quiet = quiet_hours(settings)
    held = [numbers[key] for key in bench.keys if key in numbers]
    return [hold(session, number, known[number], quiet) for number in held]


@dataclass(frozen=True)
class Keys:
    """What a phone's person can send with one tap: digits, and the words for STOP and HELP."""

    digits: str
    stop: str
    help: str


def keys_of(spoken: language.Language) -> Keys:
    """The quick replies in a language."""
    digits = DIGITS.get(spoken.tag) or DIGITS.get(spoken.script) or "12345"
    return Keys(digits, _first("stop", spoken.tag), _first("help", spoken.tag))


def _first(word: str, tag: str) -> str:
    """The word in a language, as large as our texts write it; English where it has none."""
    listed: Sequence[str] = language.listed(f"replies.{word}", tag)
    return listed[0].upper() if listed else word.upper()
