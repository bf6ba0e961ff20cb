"""The service, put together. A table of contents: what each part does stands in its room."""

from pathlib import Path

from flask import Flask

from consult_app import config, edge, language, migrating, sealing
from consult_app.channels.sms import routes as sms
from consult_app.channels.web import routes as web
from consult_app.db import Database
from consult_app.demo import routes as demo
from consult_app.staff import figures
from consult_app.staff import routes as staff_routes

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the Flask service from `settings`, or from the environment."""
    settings = settings or config.from_environment()
    sealing.use(sealing.KeyRing(settings.keys))
    language.load()
    language.hold_to(settings.language_standard)
    app = Flask(
        "consult_app",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(SECRET_KEY=settings.secret_key, SESSION_COOKIE_HTTPONLY=True)
    database = Database(settings.database_url)
    migrating.check(database)
    edge.install(app, settings, database)
    web.install(app)
    sms.install(app)
    staff_routes.install(app)
    figures.install(app)
    demo.install(app)
    return app
