"""Who may enter a staff page, and whose reviews it may show."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import abort, current_app
from flask_security import current_user
from sqlalchemy import Select, false
from werkzeug.wrappers import Response

from consult_app.models.kinds import StaffRole
from consult_app.models.review import Review
from consult_app.staff.accounts import Account

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Select[*tuple[Any, ...]]")

EVERY_REVIEW = (StaffRole.MANAGER, StaffRole.SUPPORT)
"""Roles that see every review's status, and no answer."""


def allow(*roles: StaffRole) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Let only `roles` in: others get 403, and who is not signed in is sent to sign in."""

    def guarded(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def enter(*args: P.args, **values: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return cast(Response, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]  # set by the sign-in library
            if not account().has_any(*roles):
                abort(403)
            return view(*args, **values)

        enter.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]  # read by a test
        return enter

    return guarded


def account() -> Account:
    """The member of staff who is signed in."""
    return cast(Account, current_user)


def own_reviews(query: S) -> S:
    """`query` over Review, narrowed to what the account may know of.

    An officer: the reviews they run now. Managers and support: all, for their status only.
    """
    who = account()
    if who.has_any(*EVERY_REVIEW):
        return query
    return query.where(Review.iro_id == who.iro_id if who.iro_id is not None else false())


def runs(review: Review) -> bool:
    """True when the account is the officer who runs `review`: the only one who reads answers."""
    who = account()
    return who.iro_id is not None and who.has_any(StaffRole.IRO) and who.iro_id == review.iro_id
