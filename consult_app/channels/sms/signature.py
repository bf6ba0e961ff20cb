"""Is this really the provider? Its signature over our public address and the body as it came."""

from collections.abc import Sequence

from flask import Request, abort
from twilio.request_validator import RequestValidator

from consult_app.config import Settings

HEADER = "X-Twilio-Signature"
DEMO_TOKEN = "demo-auth-token"  # noqa: S105 - never valid in production


def auth_tokens(settings: Settings) -> Sequence[str]:
    """The tokens a webhook may be signed with; several while one is being replaced."""
    if settings.twilio_auth_tokens or settings.is_production:
        return settings.twilio_auth_tokens
    return (DEMO_TOKEN,)


def is_signed(request: Request, settings: Settings) -> bool:
    """True when one of our tokens signed exactly this request to our public address."""
    query = request.query_string.decode("latin-1")
    address = settings.public_url + request.path + (f"?{query}" if query else "")
    given = request.headers.get(HEADER, "")
    return any(
        RequestValidator(token).validate(address, request.form, given)
        for token in auth_tokens(settings)
    )


def require_signature(request: Request, settings: Settings) -> None:
    """403 unless the provider signed this request."""
    if not is_signed(request, settings):
        abort(403)


def sign(settings: Settings, path: str, fields: dict[str, str]) -> str:
    """The signature the provider would give; for the demo's phone and for tests."""
    validator = RequestValidator(auth_tokens(settings)[0])
    return str(validator.compute_signature(settings.public_url + path, fields))
