"""The staff's pages, put together."""

from flask import Flask

from consult_app.staff import accounts, navigation


def install(app: Flask) -> None:
    """Add sign-in and every staff page to `app`."""
    accounts.install(app)
    navigation.install(app)
