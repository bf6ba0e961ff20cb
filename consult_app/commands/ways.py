"""Every way out and every provider that can be asked, as the settings name them."""

from dataclasses import dataclass
from datetime import timedelta

from consult_app import clock
from consult_app.actions.texts.fetching import fetch_missed
from consult_app.channels.email.sender_smtp import SmtpCarrier
from consult_app.channels.email.server import mail_server
from consult_app.channels.notify.records_notify import NotifyRecords
from consult_app.channels.notify.sender_notify import NotifyCarrier
from consult_app.channels.sms.records_twilio import TwilioRecords
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.channels.sms.senders import make_sender, require_account
from consult_app.channels.sms.whatsapp import WhatsAppCarrier
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.models.kinds import Channel
from consult_app.outbox.following import follow
from consult_app.outbox.reconcile import Referenced, Settled, settle_unknowns
from consult_app.outbox.ways import TEXTS, Carry, Ways, by_text

NOTIFY, TWILIO = "notify", "twilio"
MISSED_EVERY, UNTOLD_EVERY = timedelta(minutes=3), timedelta(minutes=1)
"""How often texts are fetched that a webhook missed, and those that no webhook brings."""


def make_ways(settings: Settings, database: Database) -> Ways:
    """The table of carriers. BadSettings when one is named whose account is not."""
    table: dict[Channel, Carry] = {}
    notify = NotifyCarrier(settings) if by_notify(settings) else None
    if notify is not None:
        table = dict.fromkeys(by_notify(settings), notify)
    if settings.sms_sender != NOTIFY:
        table[Channel.SMS] = by_text(make_sender(settings, database))
    if settings.whatsapp_from:
        require_account(settings)
        table[Channel.WHATSAPP] = WhatsAppCarrier(settings, database, TwilioSender(settings))
    if settings.mail_url:
        table[Channel.EMAIL] = SmtpCarrier(mail_server(settings))
    return Ways(table)


def by_notify(settings: Settings) -> frozenset[Channel]:
    """What leaves through GOV.UK Notify: what has a template there and no way of its own."""
    elsewhere = {
        Channel.SMS: settings.sms_sender != NOTIFY,
        Channel.EMAIL: bool(settings.mail_url),
    }
    return frozenset(
        Channel(name) for name in settings.notify_templates if not elsewhere.get(Channel(name))
    )


def by_twilio(settings: Settings) -> frozenset[Channel]:
    """What leaves through Twilio, which keeps records of it."""
    ours = {
        Channel.SMS: settings.sms_sender == TWILIO,
        Channel.WHATSAPP: bool(settings.whatsapp_from),
    }
    return frozenset(channel for channel, leaves in ours.items() if leaves)


@dataclass(frozen=True)
class Book:
    """A provider's records of some channels."""

    records: TwilioRecords | NotifyRecords
    channels: frozenset[Channel]

    @property
    def fetch_every(self) -> timedelta:
        """How often it is asked what came in."""
        return MISSED_EVERY if self.records.by_webhook else UNTOLD_EVERY

    def ask(self, database: Database) -> Settled:
        """What became of what stayed unknown; and of what was taken, where nothing reports that."""
        settled = settle_unknowns(database, self.records, channels=self.channels)
        if isinstance(self.records, Referenced):
            follow(database, self.records, self.channels, clock.now())
        return settled

    def fetch(self, database: Database) -> int | None:
        """File what came in; how many. None: nobody answered."""
        if not self.channels & TEXTS:
            return 0
        return fetch_missed(database, self.records, clock.now())


def make_books(settings: Settings) -> tuple[Book, ...]:
    """The records that can be asked; none where texts only seem to leave."""
    books = []
    if twilio := by_twilio(settings):
        books.append(Book(TwilioRecords(settings), twilio))
    if notify := by_notify(settings):
        books.append(Book(NotifyRecords(settings), notify))
    return tuple(books)
