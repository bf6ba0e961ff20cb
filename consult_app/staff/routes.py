"""The staff's pages, put together."""

from flask import Flask

from consult_app.staff import accounts, lists, navigation, reviews


def install(app: Flask) -> None:
    """Add sign-in and every staff page to `app`."""
    accounts.install(app)
    navigation.install(app)
    for blueprint in (lists.pages, reviews.pages):
        blueprint.register_error_handler(403, navigation.no_entry)
        app.register_blueprint(blueprint)
