"""What an invented authority consists of, before any of it is written to a file."""

from dataclasses import dataclass, field
from datetime import date, time

from consult_app.models.kinds import Chairing, ReviewKind, Role
from consult_app.reviewing.timetable import Stage


@dataclass(frozen=True)
class Officer:
    """A reviewing officer."""

    reference: str
    name: str

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.name.split()[0].lower()}@westmere.example"


@dataclass(frozen=True)
class Someone:
    """A person who may be asked."""

    reference: str
    name: str
    reads: str = "English"
    speaks: str = "English"
    interpreter: bool = False


@dataclass(frozen=True)
class Tie:
    """What a person is to a child, and why they may not be contacted."""

    role: Role
    person: Someone
    keep_away: str = ""


@dataclass(frozen=True)
class Kid:
    """A child with those around them."""

    reference: str
    born_on: date
    sex: str
    since: date
    officer: Officer
    team: str
    area: str
    ties: tuple[Tie, ...]
    unaccompanied: bool = False
    care_leaver: bool = False
    communication_needs: bool = False


@dataclass(frozen=True)
class Sitting:
    """One review: held on `day` when `code` or `held` says so, else still to come."""

    reference: str
    kid: Kid
    kind: ReviewKind
    stage: Stage
    due_on: date
    day: date
    at: time
    venue: str
    held: bool
    code: str | None = None
    chairing: Chairing | None = None


@dataclass(frozen=True)
class PaperForm:
    """A line of the list that business support keeps."""

    sitting: Sitting
    role: Role
    sent_on: date
    received_on: date | None
    channel: str


@dataclass(frozen=True)
class World:
    """The whole invented authority; `mobiles` are by person's reference."""

    officers: tuple[Officer, ...]
    kids: tuple[Kid, ...]
    sittings: tuple[Sitting, ...]
    forms: tuple[PaperForm, ...]
    mobiles: dict[str, str] = field(default_factory=dict)
