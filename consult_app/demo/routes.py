"""Pages of the demo; they do not exist anywhere else."""

from flask import Flask

from consult_app import edge
from consult_app.config import Environment
from consult_app.demo import phone


def install(app: Flask) -> None:
    """Add the demo's pages, where the environment is the demo."""
    with app.app_context():
        is_demo = edge.settings().environment is Environment.DEMO
    if is_demo:
        app.register_blueprint(phone.blueprint)
