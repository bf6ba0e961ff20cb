"""The service for a WSGI server: `gunicorn wsgi:app`."""

import gc

from consult_app.app import create_app

app = create_app()

# What stands now (words, questionnaires, templates) stays: collecting need not look at it again,
# and a request makes thousands of short-lived objects that are freed without being looked for.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
