"""The service for a WSGI server: `gunicorn wsgi:app`."""

from consult_app.app import create_app

app = create_app()
