"""Secrets that travel in links and cookies, and the hash that is all we keep of them."""

import hashlib
import secrets

TOKEN_BYTES = 16


def new_token() -> str:
    """A fresh secret of 128 bits, 22 characters, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """SHA-256 in hex. A 128-bit random secret needs no salt and no stretching."""
    return hashlib.sha256(token.encode()).hexdigest()
