"""What is kept on disk while the database is away: sealed, whole, once, in order."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult_app import sealing
from consult_app.actions.texts.spool import Spool
from consult_app.actions.texts.text_turn import InboundText
from consult_app.models.kinds import Channel
from consult_app.outbox.receipts import Receipt
from tests.conftest import TEST_KEY

NOON = datetime(2026, 3, 11, 12, 0, 0, 123456, tzinfo=UTC)
NUMBER = "+447700900123"
TEXT = InboundText(
    "SM1", NUMBER, "ሰላም\n<b>\u202e", NOON, Channel.SMS, "raw", ("https://x.example/1",), 1
)
REPORT = Receipt("SM2", "delivered", None, 7)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "not" / "there yet")


def test_what_was_kept_comes_back_whole(spool: Spool) -> None:
    assert spool.waiting() == []
    for arrival in (TEXT, REPORT):
        spool.keep(arrival, NOON)
    assert {spool.open(file) for file in spool.waiting()} == {TEXT, REPORT}


def test_nothing_on_disk_can_be_read(spool: Spool) -> None:
    spool.keep(TEXT, NOON)
    (file,) = spool.folder.iterdir()
    found = file.name.encode() + file.read_bytes()
    for secret in (b"SM1", NUMBER[1:].encode(), "ሰላም".encode(), b"x.example"):
        assert secret not in found
    assert file.stat().st_mode & 0o077 == 0
    assert spool.folder.stat().st_mode & 0o077 == 0


def test_the_same_arrival_is_one_file(spool: Spool) -> None:
    for _ in range(3):
        spool.keep(TEXT, NOON)
    other = Receipt("SM2", "sent", None, 7)
    for report in (REPORT, REPORT, other):
        spool.keep(report, NOON)
    assert len(list(spool.folder.iterdir())) == 3


def test_the_first_that_came_is_the_first_to_go(spool: Spool) -> None:
    order = [3, 1, 4, 0, 5, 9, 2, 6]
    for place in order:
        moment = NOON + timedelta(milliseconds=place)
        spool.keep(InboundText(f"SM{place}", NUMBER, "x", moment), moment)
    kept = [spool.open(file) for file in spool.waiting()]
    assert [text.provider_id for text in kept] == [f"SM{place}" for place in sorted(order)]


def test_what_does_not_open_is_set_aside_and_holds_nobody_up(spool: Spool) -> None:
    spool.keep(TEXT, NOON)
    (file,) = spool.waiting()
    sealing.use(sealing.KeyRing([b"another key, which is no use now"]))
    try:
        assert spool.open(file) is None
    finally:
        sealing.use(sealing.KeyRing([TEST_KEY]))
    assert spool.waiting() == []
    assert [one.name for one in spool.folder.iterdir()] == [f"{file.name}.broken"]


def test_half_a_file_is_never_read_and_goes_after_a_while(spool: Spool) -> None:
    spool.keep(TEXT, NOON)
    young, old = spool.folder / "a.half", spool.folder / "b.half"
    for half in (young, old):
        half.write_bytes(b"half")
    os.utime(old, (time.time() - 700,) * 2)
    assert len(spool.waiting()) == 1
    spool.sweep()
    assert young.exists()
    assert not old.exists()


def test_one_worker_at_a_time(spool: Spool) -> None:
    spool.keep(TEXT, NOON)
    with spool.alone() as first, spool.alone() as second:
        assert (first, second) == (True, False)
    with spool.alone() as again:
        assert again
