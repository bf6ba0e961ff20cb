"""Sign-in: Flask-Security over our own staff table, with a limit on guessing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Response, make_response, render_template, request
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from flask_security import (
    LoginForm,
    Security,
    SQLAlchemySessionUserDatastore,
    UserMixin,
)
from werkzeug.local import LocalProxy

from consult_app import config, edge
from consult_app.models.kinds import StaffRole
from consult_app.models.staff import Staff, StaffRoleRow

STAFF = "/staff/"
SIGN_IN = "/staff/sign-in"
PER_ADDRESS = "30 per minute"
PER_ACCOUNT = "10 per 15 minutes"


class Account(Staff, UserMixin):  # type: ignore[misc]  # the mixin is untyped
    """A member of staff as the sign-in library wants one; the same table as Staff."""

    def has_any(self, *roles: StaffRole) -> bool:
        """True when the account holds at least one of `roles`."""
        return any(self.has_role(role.value) for role in roles)


class SignIn(LoginForm):
    """E-mail and password; nobody stays signed in on a shared computer."""

    remember = None


def install(app: Flask) -> None:
    """Give `app` its sign-in pages under /staff and the limit on tries."""
    settings = cast(config.Settings, app.extensions["consult_settings"])
    app.config.update(_options(settings))
    store = SQLAlchemySessionUserDatastore(
        cast(Any, LocalProxy(edge.session)), Account, cast(Any, StaffRoleRow)
    )
    hooks = app.before_request_funcs.setdefault(None, [])
    others = len(hooks)
    Security(app, store, login_form=SignIn)
    _limit_tries(app, settings)
    hooks[others:] = [_for_staff_alone(hook) for hook in hooks[others:]]


def _for_staff_alone(hook: Callable[[], Any]) -> Callable[[], Any]:
    """The sign-in libraries look at every request; a child's phone need not wait for that."""
    return lambda: hook() if request.path.startswith(STAFF) else None


def _options(settings: config.Settings) -> dict[str, Any]:
    """One hash (argon2) without a second salt, so that `consult staff add` can make it too."""
    return {
        "SECURITY_LOGIN_URL": SIGN_IN,
        "SECURITY_LOGOUT_URL": "/staff/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGIN_VIEW": "/staff/",
        "SECURITY_POST_LOGOUT_VIEW": SIGN_IN,
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_SALT": settings.secret_key,
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FRESHNESS": timedelta(-1),
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        "SESSION_COOKIE_SECURE": settings.is_production,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def _limit_tries(app: Flask, settings: config.Settings) -> None:
    """Few tries at one account, and from one address; the store is shared when one is set."""
    limiter = Limiter(
        get_remote_address, app=app, storage_uri=settings.ratelimit_storage_uri, key_prefix="staff"
    )
    view: Any = app.view_functions["security.login"]
    for limit, key in ((PER_ADDRESS, get_remote_address), (PER_ACCOUNT, _account_tried)):
        view = limiter.limit(limit, key_func=key, methods=["POST"], on_breach=_too_many)(view)
    app.view_functions["security.login"] = view


def _account_tried() -> str:
    return request.form.get("email", "").strip().lower()


def _too_many(_limit: RequestLimit) -> Response:
    return make_response(render_template("staff/too_many.html"), 429)
