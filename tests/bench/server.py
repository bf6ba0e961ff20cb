"""A service under gunicorn: two processes of four threads, each with a port of its own.

In production they share one. There a connection goes to whichever process takes it first and
stays there, and with eight callers chance decides whether both processes work or one: a figure
measured so differs by half from run to run. So the callers are dealt out evenly here.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from tests.house.tree import ROOT

WAIT_S = 30
PROCESSES = 2

Ports = tuple[int, ...]


def free_port() -> int:
    """A port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(target: str, environment: Mapping[str, str], threads: int = 4) -> Iterator[Ports]:
    """`target` (module:app) answering on the ports that are given, one of each process."""
    with ExitStack() as processes:
        started = [_process(target, environment, threads) for _ in range(PROCESSES)]
        yield tuple(processes.enter_context(process) for process in started)


@contextmanager
def _process(target: str, environment: Mapping[str, str], threads: int) -> Iterator[int]:
    port = free_port()
    command = (
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"),
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
    """Until something answers; that the port is open only says that a process is starting."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        if program.poll() is not None:
            raise RuntimeError("the service ended before it answered")
        if _answers(port):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
