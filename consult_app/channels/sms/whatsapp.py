"""WhatsApp through the same Twilio client: free words for a day after they wrote, else a template.

Meta lets a business write freely only within 24 hours of the person's own last message; at any
other time only words that were agreed beforehand go, named by a ContentSid for each language.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from sqlalchemy import exists, select

from consult_app import clock, sealing
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.channels.sms.webhooks import WHATSAPP
from consult_app.config import BadSettings, Settings
from consult_app.db import Database
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel
from consult_app.outbox.outcomes import Outcome, Refused
from consult_app.outbox.ways import Claimed

WINDOW = timedelta(hours=24)
SLACK = timedelta(minutes=5)
"""Their clock and ours differ: the last minutes of the window are not relied on."""

CONTENT_SID = re.compile(r"HX[0-9a-fA-F]{32}")
NO_TEMPLATE = Refused("no template", permanent=True)
Templates = Mapping[str, Mapping[str, str]]


class WhatsAppCarrier:
    """Carries WhatsApp messages; looks into the database for when they last wrote."""

    def __init__(self, settings: Settings, database: Database, sender: TwilioSender) -> None:
        self._database, self._sender = database, sender
        self._from = WHATSAPP + settings.whatsapp_from.removeprefix(WHATSAPP)
        self._templates = read_templates(settings.whatsapp_templates)

    def __call__(self, claimed: Claimed) -> Outcome:
        """Hand one message over, or refuse it before anybody is called."""
        content = self._content(claimed)
        if content is None:
            return NO_TEMPLATE
        return self._sender.create(WHATSAPP + claimed.to, claimed.id, from_=self._from, **content)

    def _content(self, claimed: Claimed) -> dict[str, str] | None:
        """The words while the window is open, else the template for them; None: there is none."""
        if self._is_open(claimed.to, clock.now()):
            return {"body": claimed.body}
        details = json.loads(claimed.details)
        sid = self._templates.get(details.get("template", ""), {}).get(claimed.language)
        if sid is None:
            return None
        values = json.dumps(details.get("values", {}), ensure_ascii=False)
        return {"content_sid": sid, "content_variables": values}

    def _is_open(self, number: str, now: datetime) -> bool:
        """True when the person wrote to us by WhatsApp less than a day ago."""
        wrote = exists().where(
            Inbound.from_hash.in_(sealing.ring().hashes(number)),
            Inbound.channel == Channel.WHATSAPP,
            Inbound.received_at > now - WINDOW + SLACK,
        )
        with self._database.reading() as session:
            return bool(session.scalar(select(wrote)))


def read_templates(path: str) -> Templates:
    """Which ContentSid says what in which language: `invite.carer: {en-GB: HX…, ar: HX…}`."""
    if not path:
        return {}
    try:
        found = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}
        templates = {str(key): dict(sids) for key, sids in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, yaml.YAMLError) as error:
        problem = type(error).__name__
        raise BadSettings(f"CONSULT_WHATSAPP_TEMPLATES cannot be read: {problem}") from None
    for key, sids in templates.items():
        for tag, sid in sids.items():
            if not CONTENT_SID.fullmatch(str(sid)):
                raise BadSettings(f"CONSULT_WHATSAPP_TEMPLATES: {key} in {tag} is no ContentSid")
    return templates
