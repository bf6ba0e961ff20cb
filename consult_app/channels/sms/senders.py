"""Which way texts leave, as the settings name it."""

from consult_app.channels.sms.sender_simulator import SimulatorSender
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.config import BadSettings, Settings
from consult_app.db import Database
from consult_app.outbox.outcomes import Sender


def make_sender(settings: Settings, database: Database) -> Sender:
    """The sender that SMS_SENDER names. BadSettings when it names none or lacks its account."""
    if settings.sms_sender == "simulator":
        return SimulatorSender(database)
    if settings.sms_sender != "twilio":
        raise BadSettings(f"SMS_SENDER is {settings.sms_sender!r}: use twilio or simulator")
    require_account(settings)
    return TwilioSender(settings)


def require_account(settings: Settings) -> None:
    """BadSettings when Twilio's account is not named."""
    if not (settings.twilio_account_sid and settings.twilio_auth_tokens):
        raise BadSettings("set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
