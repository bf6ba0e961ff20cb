"""The staff's pages, put together."""

from flask import Flask

from consult_app.staff import (
    accounts,
    attachments,
    beside,
    languages,
    lists,
    metrics,
    navigation,
    new_link,
    number,
    queue,
    recordings,
    reviews,
    unplaced,
)

ROOMS = (
    lists.pages,
    reviews.pages,
    attachments.pages,
    recordings.pages,
    new_link.pages,
    beside.pages,
    queue.pages,
    unplaced.pages,
    number.pages,
    languages.pages,
)
for room in ROOMS:
    for code in (403, 404):
        room.register_error_handler(code, navigation.no_entry)


def install(app: Flask) -> None:
    """Add sign-in and every staff page to `app`."""
    accounts.install(app)
    navigation.install(app)
    for room in ROOMS:
        app.register_blueprint(room)
    app.register_blueprint(metrics.pages)
