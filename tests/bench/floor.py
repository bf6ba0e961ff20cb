"""The floor under a question page: the same page in one answer, and nothing behind it."""

import gzip
import os
from pathlib import Path

from flask import Flask, Response

app = Flask(__name__)
BODY = gzip.compress(Path(os.environ["FLOOR_PAGE"]).read_bytes())


@app.route("/", methods=["GET", "POST"])
@app.route("/<path:_path>", methods=["GET", "POST"])
def question(_path: str = "") -> Response:
    """The page, whatever was asked."""
    return Response(BODY, mimetype="text/html", headers={"Content-Encoding": "gzip"})
