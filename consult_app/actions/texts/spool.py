"""What came in while the database was away: sealed files in a folder, whole or not there at all."""

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from consult_app import sealing
from consult_app.actions.texts.text_turn import InboundText
from consult_app.models.kinds import Channel
from consult_app.outbox.receipts import Receipt
from consult_app.tokens import new_token

log = logging.getLogger(__name__)

TEXT, STATUS, BROKEN = ".text", ".status", ".broken"
HALF = ".half"
OLD_S = 600
"""A file that was begun so long ago was never finished, and its sender was told so."""

Arrival = InboundText | Receipt


@dataclass(frozen=True)
class Spool:
    """A folder of arrivals. The same arrival is one file however often it comes."""

    folder: Path

    def keep(self, arrival: Arrival, now: datetime) -> None:
        """Write `arrival` down so that no crash can take it. OSError when the disk cannot."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = self.folder / _name(arrival)
        if kept.exists():
            return
        half = self.folder / f"{new_token()}{HALF}"
        _write(half, sealing.ring().seal(_packed(arrival), kept.name))
        moment = int(now.timestamp() * 1_000_000) * 1_000
        os.utime(half, ns=(moment, moment))
        half.rename(kept)
        _settle(self.folder)

    def waiting(self) -> list[Path]:
        """The files that wait to be filed, what came first first."""
        if not self.folder.is_dir():
            return []
        found = [one for one in os.scandir(self.folder) if one.name.endswith((TEXT, STATUS))]
        return [Path(one) for one in sorted(found, key=lambda one: (_came(one), one.name))]

    def open(self, file: Path) -> Arrival | None:
        """What a file keeps; None for one that cannot be read, which is set aside."""
        try:
            return _unpacked(sealing.ring().open(file.read_bytes(), file.name), file.suffix)
        except (sealing.SealBroken, ValueError, TypeError, KeyError):
            self.set_aside(file)
            return None

    def set_aside(self, file: Path) -> None:
        """Keep a file that cannot be filed, out of the way: a person, or a key, may mend it."""
        log.error("a kept arrival cannot be filed: %s", file.name)
        file.rename(file.with_suffix(file.suffix + BROKEN))

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """True for one worker at a time."""
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def sweep(self) -> None:
        """Take away what was begun and never finished."""
        for half in self.folder.glob(f"*{HALF}"):
            if time.time() - half.stat().st_mtime > OLD_S:
                half.unlink(missing_ok=True)


def _name(arrival: Arrival) -> str:
    """Of an arrival's own id, which does not tell whose it is."""
    if isinstance(arrival, InboundText):
        return sealing.ring().hash(arrival.provider_id)[:40] + TEXT
    said = f"{arrival.provider_id} {arrival.status} {arrival.message_id}"
    return sealing.ring().hash(said)[:40] + STATUS


def _packed(arrival: Arrival) -> str:
    return json.dumps(asdict(arrival), default=datetime.isoformat)


def _unpacked(packed: str, kind: str) -> Arrival:
    fields = json.loads(packed)
    if kind == STATUS:
        return Receipt(**fields)
    received_at, channel = datetime.fromisoformat(fields["received_at"]), Channel(fields["channel"])
    known = {"received_at": received_at, "channel": channel, "media": tuple(fields["media"])}
    return InboundText(**{**fields, **known})


def _write(path: Path, content: bytes) -> None:
    """A file that stands on the disk itself when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)


def _settle(folder: Path) -> None:
    """Let the folder itself be written: a new name is lost in a crash until it is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _came(file: "os.DirEntry[str]") -> int:
    """When its arrival came; 0 for one that another worker has just filed."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
