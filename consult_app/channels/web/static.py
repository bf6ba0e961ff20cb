"""Style sheets and pictures, compressed once at start, at addresses that change with them."""

import atexit
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

A_YEAR = 31_536_000


def install(app: Flask) -> None:
    """Serve static files through WhiteNoise; templates ask `asset(name)` for an address."""
    folder, addresses = _prepared(Path(app.static_folder or ""))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # how Flask wraps
        app.wsgi_app, root=folder, prefix="/static/", max_age=A_YEAR, immutable_file_test=_always
    )
    app.jinja_env.globals["asset"] = addresses.__getitem__


@cache
def _prepared(source: Path) -> tuple[Path, dict[str, str]]:
    """Where the files of `source` stand ready, and their addresses; made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="consult-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder, {name: f"/static/{hash_}" for name, hash_ in _prepare(source, folder).items()}


def _prepare(source: Path, folder: Path) -> dict[str, str]:
    """Copy every file under a name with its hash, with .gz and .br beside it."""
    compressor = Compressor(quiet=True)
    named: dict[str, str] = {}
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        content = file.read_bytes()
        name = file.relative_to(source).as_posix()
        stem, dot, suffix = name.rpartition(".")
        named[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
        target = folder / named[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        if compressor.should_compress(name):
            list(compressor.compress(str(target)) or ())
    return named


def _always(_path: str, _address: str) -> bool:
    """Every file here carries its hash in its name."""
    return True
