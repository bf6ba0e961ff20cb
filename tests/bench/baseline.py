"""What the figures are held against: bare Flask, and one committed insert through SQLAlchemy."""

import os

from flask import Flask, Response
from sqlalchemy.orm import Session

from consult_app.db import make_engine
from tests.bench.line import Line

app = Flask(__name__)
engine = make_engine(os.environ["DATABASE_URL"])


@app.get("/")
def hello() -> str:
    """The least a page can be."""
    return "hello"


@app.post("/")
def insert() -> Response:
    """The least that saving can be: one row, committed."""
    with Session(engine) as session:
        session.add(Line(words="one committed insert through the object mapper"))
        session.commit()
    return Response(status=204)
