"""Settings from the environment, checked once at start."""

import base64
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from consult_app import looks

MIN_SECRET = 32
NOTIFY = "https://api.notifications.service.gov.uk"
MEDIA = ("draw", "photo", "voice")
LANGUAGE_STANDARDS = ("draft", "safety-checked", "checked")
DEMO_SECRET = "demo-secret-key-for-an-invented-authority-only"  # noqa: S105 - refused in production
DEMO_KEY = base64.b64encode(b"demo encryption key, invented ok").decode()


class Environment(StrEnum):
    """Where the service runs."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class BadSettings(Exception):
    """The environment does not allow a start; the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. Durations in working days, days or hours as named."""

    environment: Environment
    database_url: str
    secret_key: str
    keys: tuple[bytes, ...]
    public_url: str
    sms_sender: str = "simulator"
    twilio_account_sid: str = ""
    twilio_auth_tokens: tuple[str, ...] = ()
    twilio_from: str = ""
    twilio_messaging_service_sid: str = ""
    twilio_base_url: str = ""
    whatsapp_from: str = ""
    whatsapp_templates: str = ""
    mail_url: str = ""
    mail_from: str = ""
    notify_key: str = ""
    notify_url: str = NOTIFY
    notify_templates: Mapping[str, str] = field(default_factory=dict)
    spool: str = "instance/spool"
    join_seconds: int = 120
    media_bytes: int = 5 << 20
    sends_per_second: float = 10.0
    segment_pence: float = 4.0
    whatsapp_pence: float = 3.0
    letter_pence: float = 70.0
    metrics_token: str = ""
    ratelimit_storage_uri: str = "memory://"
    authority: str = "Westmere Council"
    service_number: str = "+447700900999"
    lead_working_days: int = 15
    reminder_days: tuple[int, ...] = (4, 8)
    after_working_days: int = 10
    link_days: int = 60
    number_days: int = 90
    quiet_from_hour: int = 20
    quiet_to_hour: int = 8
    bank_holidays: tuple[str, ...] = field(default=())
    media: tuple[str, ...] = ("draw",)
    language_standard: str = "draft"
    style: str = ""
    logo: str = ""

    @property
    def is_production(self) -> bool:
        """True where real people are asked."""
        return self.environment is Environment.PRODUCTION

    @property
    def channels(self) -> frozenset[str]:
        """The channels by which messages can leave."""
        notify = self.notify_templates
        has = {
            "sms": True,
            "whatsapp": bool(self.whatsapp_from),
            "email": bool(self.mail_url or notify.get("email")),
            "letter": bool(notify.get("letter")),
        }
        return frozenset(name for name, there in has.items() if there)


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings. BadSettings names every one that is wrong."""
    env = os.environ if environ is None else environ
    kind = _environment(env.get("CONSULT_ENV", "production"))
    production = kind is Environment.PRODUCTION
    settings = Settings(
        environment=kind,
        database_url=env.get("DATABASE_URL") or _embedded(production),
        secret_key=env.get("SECRET_KEY", "" if production else DEMO_SECRET),
        keys=_keys(env.get("CONSULT_KEYS", "" if production else DEMO_KEY)),
        public_url=env.get("PUBLIC_URL", "" if production else "http://127.0.0.1:8000").rstrip("/"),
        sms_sender=env.get("SMS_SENDER", "twilio" if production else "simulator"),
        twilio_account_sid=env.get("TWILIO_ACCOUNT_SID", ""),
        twilio_auth_tokens=tuple(_split(env.get("TWILIO_AUTH_TOKEN", ""))),
        twilio_from=env.get("TWILIO_FROM", ""),
        twilio_messaging_service_sid=env.get("TWILIO_MESSAGING_SERVICE_SID", ""),
        twilio_base_url=env.get("TWILIO_BASE_URL", ""),
        **_other_ways(env),
        **_arrivals(env),
        sends_per_second=_amount(env, "CONSULT_SENDS_PER_SECOND", 10.0),
        segment_pence=_amount(env, "CONSULT_SEGMENT_PENCE", 4.0),
        whatsapp_pence=_amount(env, "CONSULT_WHATSAPP_PENCE", 3.0),
        letter_pence=_amount(env, "CONSULT_LETTER_PENCE", 70.0),
        metrics_token=env.get("CONSULT_METRICS_TOKEN", ""),
        ratelimit_storage_uri=env.get("RATELIMIT_STORAGE_URI", "memory://"),
        authority=env.get("CONSULT_AUTHORITY", "Westmere Council"),
        service_number=env.get("CONSULT_NUMBER") or env.get("TWILIO_FROM") or "+447700900999",
        lead_working_days=_number(env, "CONSULT_LEAD_DAYS", 15),
        after_working_days=_number(env, "CONSULT_AFTER_DAYS", 10),
        number_days=_number(env, "CONSULT_NUMBER_DAYS", 90),
        bank_holidays=tuple(_split(env.get("CONSULT_BANK_HOLIDAYS", ""))),
        media=_media(env.get("CONSULT_MEDIA", "draw")),
        language_standard=_standard(env.get("CONSULT_LANGUAGE_STANDARD", ""), production),
        style=_looks(env, "CONSULT_COLOUR", lambda text: looks.colours(text).style),
        logo=_looks(env, "CONSULT_LOGO", looks.logo),
    )
    faults = _faults(settings, debug=env.get("FLASK_DEBUG", "0")) if production else []
    if faults:
        raise BadSettings("cannot start: " + "; ".join(faults))
    return settings


def _other_ways(env: Mapping[str, str]) -> dict[str, Any]:
    """WhatsApp, e-mail and GOV.UK Notify: each only where it is set."""
    templates = {
        name: env.get(f"NOTIFY_{name.upper()}_TEMPLATE", "") for name in ("sms", "email", "letter")
    }
    return {
        "whatsapp_from": env.get("TWILIO_WHATSAPP_FROM", ""),
        "whatsapp_templates": env.get("CONSULT_WHATSAPP_TEMPLATES", ""),
        "mail_url": env.get("MAIL_URL", ""),
        "mail_from": env.get("CONSULT_MAIL_FROM", ""),
        "notify_key": env.get("NOTIFY_API_KEY", ""),
        "notify_url": env.get("NOTIFY_BASE_URL", NOTIFY).rstrip("/"),
        "notify_templates": {name: key for name, key in templates.items() if key},
    }


def _arrivals(env: Mapping[str, str]) -> dict[str, Any]:
    """How texts that come in are kept, joined and what may come with them."""
    return {
        "spool": env.get("CONSULT_SPOOL", "instance/spool"),
        "join_seconds": _number(env, "CONSULT_JOIN_SECONDS", 120),
        "media_bytes": _number(env, "CONSULT_MEDIA_BYTES", 5 << 20),
    }


def _embedded(production: bool) -> str:
    """The embedded database; production must name its own on purpose."""
    return "" if production else "sqlite:///instance/consult.db"


def _environment(name: str) -> Environment:
    try:
        return Environment(name)
    except ValueError:
        raise BadSettings(f"CONSULT_ENV is {name!r}: use production, demo or test") from None


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _media(text: str) -> tuple[str, ...]:
    """The ways beside words in which the authority lets people answer; empty allows none."""
    ways = tuple(_split(text))
    if not set(ways) <= set(MEDIA):
        raise BadSettings(f"CONSULT_MEDIA is {text!r}: use some of {','.join(MEDIA)}")
    return ways


def _standard(text: str, production: bool) -> str:
    """How far a language must have come before it is offered; real people get no bare drafts."""
    chosen = text or ("safety-checked" if production else "draft")
    if chosen not in LANGUAGE_STANDARDS:
        known = ", ".join(LANGUAGE_STANDARDS)
        raise BadSettings(f"CONSULT_LANGUAGE_STANDARD is {text!r}: use one of {known}")
    return chosen


def _looks(env: Mapping[str, str], name: str, read: Callable[[str], str]) -> str:
    """A colour or a logo of the authority's own; empty leaves ours."""
    try:
        return read(env[name]) if env.get(name) else ""
    except looks.Unfit as unfit:
        raise BadSettings(f"{name}: {unfit}") from None


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name, default))
    except ValueError:
        raise BadSettings(f"{name} is {env[name]!r}: use a whole number") from None


def _amount(env: Mapping[str, str], name: str, default: float) -> float:
    """A number of 0 or more, with a point when it is not whole."""
    try:
        amount = float(env.get(name, default))
    except ValueError:
        amount = -1.0
    if not (0 <= amount < math.inf):
        raise BadSettings(f"{name} is {env[name]!r}: use a number of 0 or more")
    return amount


def _keys(text: str) -> tuple[bytes, ...]:
    try:
        return tuple(base64.b64decode(part, validate=True) for part in _split(text))
    except ValueError:
        raise BadSettings("CONSULT_KEYS: each key is 32 bytes in base64, newest first") from None


def _faults(settings: Settings, debug: str) -> list[str]:
    """What forbids a start in production, in words that say what to do."""
    checks = [
        (not settings.database_url, "set DATABASE_URL"),
        (
            len(settings.secret_key) < MIN_SECRET or settings.secret_key == DEMO_SECRET,
            f"set SECRET_KEY to {MIN_SECRET} random characters or more",
        ),
        (
            not settings.keys
            or any(len(key) != 32 for key in settings.keys)
            or base64.b64decode(DEMO_KEY) in settings.keys,
            "set CONSULT_KEYS to keys of 32 random bytes in base64",
        ),
        (not settings.public_url.startswith("https://"), "set PUBLIC_URL to an https address"),
        *_sending_faults(settings),
        (debug not in ("", "0"), "unset FLASK_DEBUG"),
    ]
    return [words for wrong, words in checks if wrong]


def _sending_faults(settings: Settings) -> list[tuple[bool, str]]:
    """What the providers need: Twilio for texts, unless GOV.UK Notify sends them."""
    twilio = settings.sms_sender == "twilio"
    wants_notify = settings.sms_sender == "notify" or bool(settings.notify_templates)
    return [
        (settings.sms_sender not in ("twilio", "notify"), "set SMS_SENDER to twilio"),
        (
            twilio and not (settings.twilio_account_sid and settings.twilio_auth_tokens),
            "set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
        ),
        (
            twilio and not (settings.twilio_from or settings.twilio_messaging_service_sid),
            "set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID",
        ),
        (bool(settings.mail_url) and not settings.mail_from, "set CONSULT_MAIL_FROM"),
        (wants_notify and not settings.notify_key, "set NOTIFY_API_KEY"),
        (
            settings.sms_sender == "notify" and "sms" not in settings.notify_templates,
            "set NOTIFY_SMS_TEMPLATE",
        ),
    ]
