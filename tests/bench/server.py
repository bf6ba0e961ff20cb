"""A service under gunicorn, as it runs in production: two processes of four threads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.house.tree import ROOT

WAIT_S = 30


def free_port() -> int:
    """A port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(target: str, environment: Mapping[str, str], threads: int = 4) -> Iterator[int]:
    """`target` (module:app) answering on the port that is given."""
    port = free_port()
    command = (
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2"),
        *("--worker-class", "gthread", "--threads", str(threads), "--keep-alive", "30"),
        *("--log-level", "error", "--no-control-socket", target),
    )
    program = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ) | dict(environment))
    try:
        _wait(port, program)
        yield port
    finally:
        program.terminate()
        program.wait(timeout=WAIT_S)


def _wait(port: int, program: subprocess.Popen[bytes]) -> None:
    for _ in range(WAIT_S * 20):
        if program.poll() is not None:
            raise RuntimeError("the service ended before it answered")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")
