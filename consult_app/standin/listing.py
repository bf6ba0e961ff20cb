"""The stand-in's records as Twilio's listing shows them: filters, pages, one text's own record."""

from collections.abc import Mapping
from datetime import date
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from consult_app.standin.ledger import StandIn, Text

VERSION = "2010-04-01"
FILTERS = {"To": "to", "From": "sender"}
DATES = ("DateSent", "DateSent>", "DateSent<")


def page(stand_in: StandIn, asked: Mapping[str, str]) -> dict[str, Any]:
    """One page of texts, newest first."""
    with stand_in.lock:
        found = [text for text in reversed(stand_in.texts) if _fits(text, asked)]
    size = min(max(_number(asked, "PageSize", 50), 1), 1_000)
    number = _number(asked, "Page", 0)
    start = number * size
    here = _place(stand_in)
    more = start + size < len(found)
    following = urlencode({**asked, "Page": str(number + 1), "PageSize": str(size)})
    return {
        "messages": [record(stand_in, text) for text in found[start : start + size]],
        "page": number,
        "page_size": size,
        "start": start,
        "end": min(start + size, len(found)) - 1,
        "uri": here,
        "first_page_uri": here,
        "previous_page_uri": None,
        "next_page_uri": f"{here}?{following}" if more else None,
    }


def record(stand_in: StandIn, text: Text) -> dict[str, object]:
    """One text as Twilio describes it."""
    made = format_datetime(text.made_at)
    return {
        "sid": text.sid,
        "account_sid": stand_in.account,
        "messaging_service_sid": text.sender if text.sender.startswith("MG") else None,
        "to": text.to,
        "from": None if text.sender.startswith("MG") else text.sender,
        "body": text.body,
        "status": text.status,
        "direction": text.direction,
        "date_created": made,
        "date_updated": made,
        # What waits in the queue has not been sent, so it has no such date.
        "date_sent": None if text.status == "queued" else made,
        "error_code": None,
        "error_message": None,
        "num_segments": "1",
        "num_media": str(text.media),
        "price": None,
        "price_unit": "USD",
        "api_version": VERSION,
        "uri": f"/{VERSION}/Accounts/{stand_in.account}/Messages/{text.sid}.json",
        "subresource_uris": {},
    }


def find(stand_in: StandIn, sid: str) -> Text | None:
    """The newest text with this id."""
    with stand_in.lock:
        return next((text for text in reversed(stand_in.texts) if text.sid == sid), None)


def _place(stand_in: StandIn) -> str:
    return f"/{VERSION}/Accounts/{stand_in.account}/Messages.json"


def _fits(text: Text, asked: Mapping[str, str]) -> bool:
    for name, field in FILTERS.items():
        if name in asked and getattr(text, field) != asked[name]:
            return False
    day = text.made_at.date()
    dated = [_compare(name, day, _day(asked[name])) for name in DATES if name in asked]
    return all(dated) and not (dated and text.status == "queued")


def _compare(name: str, day: date, wanted: date) -> bool:
    """Twilio writes `DateSent>=2026-03-03`: the sign belongs to the name, both ends count."""
    return day == wanted or (name[-1] == ">" and day > wanted) or (name[-1] == "<" and day < wanted)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return date.min


def _number(asked: Mapping[str, str], name: str, default: int) -> int:
    words = asked.get(name, "")
    return int(words) if words.isascii() and words.isdecimal() else default
