"""Where a request meets the database: one transaction, opened and closed here."""

from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from consult_app.config import Settings
from consult_app.db import Database

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, settings: Settings, database: Database) -> None:
    """Give `app` its settings, its database and the rule that ends each request's transaction."""
    app.extensions["consult_settings"] = settings
    app.extensions["consult_database"] = database
    app.after_request(_commit)
    app.teardown_request(_close)


def settings() -> Settings:
    """The running service's settings."""
    return cast(Settings, current_app.extensions["consult_settings"])


def database() -> Database:
    """The running service's database."""
    return cast(Database, current_app.extensions["consult_database"])


def session() -> Session:
    """This request's session: reading for GET and HEAD, writing for all else."""
    if "db_session" not in g:
        g.db_session = database().session(read_only=request.method in READING)
    return cast(Session, g.db_session)


def _commit(response: Response) -> Response:
    """Commit what a writing request did, unless it failed."""
    held: Session | None = g.get("db_session")
    if held is not None and request.method not in READING and response.status_code < 500:
        held.commit()
    return response


def _close(_error: BaseException | None) -> None:
    held: Session | None = g.pop("db_session", None)
    if held is not None:
        held.close()
