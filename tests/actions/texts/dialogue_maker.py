"""Invented dialogues on telephones that several people share, and who was meant by each text.

Whoever holds the phone knows whom they write about; the service does not. A text answers what the
phone shows last, or, when that came unasked, perhaps what it showed before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import time_machine
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult_app import clock, language
from consult_app.actions.answering import talk
from consult_app.actions.importing import imports
from consult_app.actions.inviting import asking
from consult_app.actions.inviting.asking import Desk, Note
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.conversation.form import Kind
from consult_app.models.answer import Answer
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import ConsultationStatus, MessageKind, MessageState, Role
from consult_app.models.message import Message
from consult_app.models.person import Person
from tests import factories
from tests.actions.importing.files import PEOPLE
from tests.records.files import opened

NAMES = ("Alex", "Bo", "Cleo", "Dee", "Alma", "Ben")
KINDS = ("carer_of_three", "siblings", "childs_on_carers", "swapped", "recycled")
UNSOLICITED = (MessageKind.INVITATION, MessageKind.REMINDER)
_ids = count(1)


@dataclass
class Phone:
    """A phone in somebody's hand: the texts it shows, and whom its owner may write about."""

    number: str
    rows: list[Consultation]
    shown: list[Message] = field(default_factory=list)
    meant: Consultation | None = None


@dataclass(frozen=True)
class Truth:
    """What only the writer knows: whom a text is about (None: nobody here), and the question."""

    about: int | None
    question: str | None


class Table:
    """The telephones on a table, and what can be done with them."""

    def __init__(self, session: Session, settings: Any, seed: int, folder: Path) -> None:
        self.session, self.settings, self.folder = session, settings, folder
        self.random = Random(seed)
        self.truths: dict[str, Truth] = {}
        self.bodies: dict[str, list[int | None]] = {}
        self.guarded: list[Message] = []
        self.asked_whom = 0

    def _asked(self, row: Consultation) -> str | None:
        """The question that the last text about `row` asked."""
        query = (
            select(Message.asks)
            .where(Message.consultation_id == row.id, Message.asks.is_not(None))
            .order_by(Message.id.desc())
        )
        return self.session.scalars(query).first()

    def _text(self, phone: Phone, body: str, about: int | None, question: str | None) -> None:
        self._pause(self.random.randint(4, 60))
        name = f"SM{next(_ids)}"
        self.truths[name] = Truth(about, question)
        self.bodies.setdefault(body, []).append(about)
        receive(self.session, InboundText(name, phone.number, body, clock.now()), self.settings)
        self.session.flush()

    def _write_to(self, row: Consultation, words: str) -> None:
        kind = MessageKind.INVITATION if words == "invite" else MessageKind.REMINDER
        self.session.refresh(row.person)
        note = asking.INVITATION if words == "invite" else Note(words, words, kind)
        asking.send(Desk(self.session, self.settings, clock.now()), row, note)
        self.session.flush()

    def _deliver(self, phones: list[Phone]) -> None:
        """Everything queued arrives, and is shown."""
        self._pause(3)
        queued = select(Message).where(Message.state == MessageState.QUEUED).order_by(Message.id)
        for message in self.session.scalars(queued).all():
            message.state, message.sent_at = MessageState.DELIVERED, clock.now()
            for phone in phones:
                if message.to == phone.number:
                    phone.shown.append(message)
        self.session.flush()

    def _swap(self, people: list[Person], rows: list[Consultation]) -> None:
        one, two = people
        lines = [
            f"{row.review.child.reference},{who.reference},child,,{number[1:]},,,,"
            for row, who, number in ((rows[0], one, two.mobile), (rows[1], two, one.mobile))
        ]
        file = opened(self.folder, PEOPLE + "\n".join(lines) + "\n")
        imports.apply(self.session, file)
        self.session.flush()
        for each in people:
            self.session.refresh(each)

    def _row(self, role: Role, person: Person, review: Any = None) -> Consultation:
        day = clock.today() + timedelta(days=self.random.choice((9, 10, 11, 20)))
        name = self.random.choice(NAMES)
        child = None if review else factories.make_child(self.session, first_name=name)
        review = review or factories.make_review(self.session, child=child, day=day)
        return factories.make_consultation(
            self.session, role=role, person=person, review=review, depth="short"
        )

    def _raw(self, statement: Any) -> None:
        self.session.execute(statement.execution_options(synchronize_session="fetch"))
        self.session.flush()

    def _pause(self, minutes: int) -> None:
        self.hand.shift(timedelta(minutes=minutes))


class Dialogue(Table):
    """One dialogue, made from a seed; the seed says which story it is."""

    def __init__(self, session: Session, settings: Any, seed: int, folder: Path) -> None:
        super().__init__(session, settings, seed, folder)
        self.kind = KINDS[seed % len(KINDS)]

    def play(self) -> None:
        """Play it all, on a day of its own."""
        start = clock.now().replace(hour=9, minute=0) + timedelta(days=1)
        with time_machine.travel(start, tick=False) as self.hand:
            getattr(self, f"_{self.kind}")()

    # -- the five stories --

    def _carer_of_three(self) -> None:
        carer = factories.make_person(self.session)
        phone = Phone(carer.mobile, [self._row(Role.CARER, carer) for _ in range(3)])
        if self.random.random() < 0.4:
            phone.rows[0].status = ConsultationStatus.SUBMITTED
        self._talk([phone])

    def _siblings(self) -> None:
        number = factories.mobile()
        people = [factories.make_person(self.session, mobile=number) for _ in range(2)]
        self._talk([Phone(number, [self._row(Role.CHILD, each) for each in people])])

    def _childs_on_carers(self) -> None:
        carer = factories.make_person(self.session)
        child = factories.make_person(self.session, mobile=carer.mobile)
        own = self._row(Role.CHILD, child)
        about = self._row(Role.CARER, carer, review=own.review)
        other = self._row(Role.CARER, carer)
        self._talk([Phone(carer.mobile, [own, about, other][: self.random.choice((2, 3))])])

    def _swapped(self) -> None:
        """Two children, two phones, and a file that swaps the numbers in between."""
        people = [factories.make_person(self.session) for _ in range(2)]
        rows = [self._row(Role.CHILD, each) for each in people]
        phones = [Phone(each.mobile, [row]) for each, row in zip(people, rows, strict=True)]
        self._talk(phones, turns=self.random.randint(0, 4))
        self._swap(people, rows)
        for phone in phones:  # somebody still answers what the phone shows, before a new text
            if self.random.random() < 0.7:
                before = phone.shown[-1].consultation_id if phone.shown else None
                self._text(phone, self.random.choice(("1", "2", "yes", "I am fine")), before, None)
        phones[0].rows, phones[1].rows = phones[1].rows, phones[0].rows
        for phone in phones:
            self._write_to(phone.rows[0], "reminder1")
            phone.meant = None
        self._deliver(phones)
        self._talk(phones, turns=4, invited=True)

    def _recycled(self) -> None:
        """The number goes out of service; whoever has it then may be a stranger."""
        child = factories.make_person(self.session)
        phone = Phone(child.mobile, [self._row(Role.CHILD, child)])
        self._talk([phone], turns=self.random.randint(0, 3))
        old = clock.now() - timedelta(days=100)
        checked = self.random.choice((None, old))
        self._raw(update(Person).where(Person.id == child.id).values(number_checked_at=checked))
        self._pause(60)
        seen = len(phone.shown)
        asked_before = checked is not None
        if asked_before:
            self._raw(update(Person).values(number_asked_at=clock.now()))
        stranger = self.random.random() < 0.5
        for body in self.random.sample(("who is this", "1", "hello", "yes", "5"), 2):
            if body in ("1", "yes") and (asked_before or len(phone.shown) > seen):
                break  # it would say that the number is right
            if stranger:
                self._text(phone, body, None, None)
            else:
                self._text(phone, body, phone.rows[0].id, self._asked(phone.rows[0]))
            self._deliver([phone])
        self.guarded += phone.shown[seen:]
        self._text(phone, "2" if stranger else "1", None if stranger else phone.rows[0].id, None)
        self._deliver([phone])
        if not stranger:
            self._talk([phone], turns=3, invited=True)

    # -- what happens --

    def _talk(self, phones: list[Phone], turns: int = 8, *, invited: bool = False) -> None:
        rows = [row for phone in phones for row in phone.rows]
        waiting = [row for row in rows if row.status is ConsultationStatus.SENT]
        for row in [] if invited else waiting:
            self._write_to(row, "invite")
            self._deliver(phones)
        for _ in range(turns):
            phone = self.random.choice(phones)
            if self.random.random() < 0.2:
                self._unasked(phone)
                self._deliver(phones)
            if phone.shown:
                self._turn(phone)
                self._deliver(phones)

    def _unasked(self, phone: Phone) -> None:
        """A reminder comes into the middle."""
        waiting = [row for row in phone.rows if row.status is ConsultationStatus.SENT]
        if waiting:
            self._write_to(self.random.choice(waiting), f"reminder{self.random.choice((1, 2))}")

    def _turn(self, phone: Phone) -> None:
        """One text: the answer to our question whom it is about, or about somebody."""
        if phone.meant is not None and "Which of these" in (phone.shown[-1].body or ""):
            self._choose(phone)
            return
        subject = self._subject(phone)
        phone.meant = subject
        self._text(phone, *self._words(subject))

    def _choose(self, phone: Phone) -> None:
        self.asked_whom += 1
        meant, chance = phone.meant, self.random.random()
        line = re.compile(rf"^(\d) (.*\b{_letter(meant)}\b) \((.*)\)$")
        young, day = meant.role is Role.CHILD, language.day_words(meant.review.day, "en-GB")
        offered = [line.match(each) for each in (phone.shown[-1].body or "").split("\n")]
        fit = [m[1] for m in offered if m and m[3] == day and _fits(m[2], young=young)]
        body = fit[0] if len(fit) == 1 and chance < 0.85 else "sorry what"
        self._text(phone, body, meant.id, None)

    def _subject(self, phone: Phone) -> Consultation:
        """Whom the writer means: the text shown last, or what came before one that came unasked."""
        about = [message for message in phone.shown if message.consultation_id is not None]
        if not about:
            return self.random.choice(phone.rows)
        found = {row.id: row for row in phone.rows}
        last = about[-1]
        if last.kind not in UNSOLICITED or self.random.random() < 0.5:
            return found.get(last.consultation_id) or phone.rows[0]
        over = [row for row in phone.rows if row.status is ConsultationStatus.SUBMITTED]
        if over and self.random.random() < 0.6:
            return over[0]  # something comes to mind about the one that was sent in
        before = about[-2] if len(about) > 1 else last
        return found.get(before.consultation_id) or phone.rows[0]

    def _words(self, row: Consultation) -> tuple[str, int, str | None]:
        if row.status is ConsultationStatus.STARTED and (question := self._asked(row)):
            asked = talk.form_of(row).by_id[question]
            answers = ("fine thanks",) if asked.kind is Kind.TEXT else ("1", "2", "fine thanks")
            return self.random.choice(answers), row.id, question
        if row.status in (ConsultationStatus.SENT, ConsultationStatus.STARTED):
            return self.random.choice(("1", "1", "yes", "what is this", "2")), row.id, None
        return f"one more thing {next(_ids)}", row.id, None


def _letter(row: Consultation) -> str:
    return (row.review.child.first_name or "?")[0]


def _fits(line: str, *, young: bool) -> bool:
    """Whether a line of our question speaks of the writer themselves, or of somebody else."""
    return line.startswith("I am") if young else not line.startswith("I am")


def misfiled(dialogue: Dialogue) -> list[str]:
    """Every text, answer and concern that stands with somebody whom its writer did not mean."""
    dialogue.session.flush()
    return [*_texts(dialogue), *_answers(dialogue), *_concerns(dialogue), *_told(dialogue)]


def _texts(dialogue: Dialogue) -> Iterator[str]:
    query = select(Inbound).execution_options(populate_existing=True)
    for row in dialogue.session.scalars(query):
        truth = dialogue.truths[row.provider_id]
        if row.consultation_id not in (None, truth.about):
            yield f"text {row.body!r} {row.state} {truth}"


def _answers(dialogue: Dialogue) -> Iterator[str]:
    for answer in dialogue.session.scalars(select(Answer)):
        truth = dialogue.truths[answer.client_id]
        if (answer.consultation_id, answer.question) != (truth.about, truth.question):
            yield f"answer to {answer.question} {answer.consultation_id} {truth}"


def _concerns(dialogue: Dialogue) -> Iterator[str]:
    for concern in dialogue.session.scalars(select(Concern)):
        meant = dialogue.bodies.get(concern.evidence or "")
        if meant and concern.consultation_id not in meant:
            yield f"concern {concern.evidence!r}"


def _told(dialogue: Dialogue) -> Iterator[str]:
    """What went to a number that may have a new owner."""
    for message in dialogue.guarded:
        if message.consultation_id is not None or "http" in (message.body or ""):
            yield f"told a doubtful number {message.body!r}"
