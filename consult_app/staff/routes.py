"""The staff's pages, put together."""

from flask import Flask

from consult_app.staff import (
    accounts,
    addresses,
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
    app.url_map.converters["id"] = addresses.RowId
    accounts.install(app)
    navigation.install(app)
    for room in ROOMS:
        app.register_blueprint(room)
    app.register_blueprint(metrics.pages)
