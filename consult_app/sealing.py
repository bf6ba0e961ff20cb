"""Encryption of sensitive columns, and the keyed hash that finds a phone number.

A sealed value is AES-256-GCM: 4 bytes of key id, 12 bytes of nonce, ciphertext. Table, column
and row are bound in as associated data, so a value copied to another row does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value does not open: its key is not held, or it was moved or altered."""


@dataclass(frozen=True)
class Key:
    """One encryption key, its short id, and the hashing key derived from it."""

    id: bytes
    cipher: AESGCM
    hashing: bytes


def make_key(secret: bytes) -> Key:
    """A key from 32 secret bytes. ValueError when the length is wrong."""
    if len(secret) != KEY_BYTES:
        raise ValueError(f"an encryption key has {KEY_BYTES} bytes, not {len(secret)}")
    label = hashlib.sha256(b"consult key id" + secret).digest()[:ID_BYTES]
    hashing = hmac.digest(secret, b"consult number hash", "sha256")
    return Key(label, AESGCM(secret), hashing)


class KeyRing:
    """All keys held, newest first: the newest seals, every one opens."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        if not secrets:
            raise ValueError("at least one encryption key is needed")
        self._keys = [make_key(secret) for secret in secrets]
        self._by_id = {key.id: key for key in self._keys}

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt `text` for `place` (table.column:row)."""
        return self.seal_bytes(text.encode(), place)

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Encrypt `content`, a picture or a sound, for `place`."""
        key, nonce = self._keys[0], os.urandom(NONCE_BYTES)
        return key.id + nonce + key.cipher.encrypt(nonce, content, place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """Decrypt what was sealed for `place`. SealBroken when it cannot be opened there."""
        return self.open_bytes(sealed, place).decode()

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Decrypt content that was sealed for `place`. SealBroken when it cannot be opened."""
        key = self._by_id.get(bytes(sealed[:ID_BYTES]))
        nonce, body = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            if key is None:
                raise SealBroken(f"no key held for {place}")
            return key.cipher.decrypt(nonce, body, place.encode())
        except InvalidTag:
            raise SealBroken(f"the value at {place} was moved or altered") from None

    def hash(self, text: str) -> str:
        """Keyed hash under the newest key, hex: what new rows are found by."""
        return hmac.new(self._keys[0].hashing, text.encode(), "sha256").hexdigest()

    def hashes(self, text: str) -> list[str]:
        """The keyed hash under every key held, to find rows written before a rotation."""
        return [hmac.new(key.hashing, text.encode(), "sha256").hexdigest() for key in self._keys]


_ring: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make `ring` the process's key ring; called once at start."""
    global _ring
    _ring = ring


def ring() -> KeyRing:
    """The process's key ring. RuntimeError before `use` was called."""
    if _ring is None:
        raise RuntimeError("no encryption keys are loaded: call sealing.use() at start")
    return _ring
