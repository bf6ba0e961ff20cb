"""The session's cookie: Flask's own, its signer made once instead of twice a request."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class SignedCookie(SecureCookieSessionInterface):
    """Flask's signed cookie; the secret it is signed with stays the same while a process runs."""

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer, as Flask makes it."""
        if self.signer is None:
            self.signer = super().get_signing_serializer(app)
        return self.signer


def install(app: Flask) -> None:
    """Let `app` keep its sessions so."""
    app.session_interface = SignedCookie()
