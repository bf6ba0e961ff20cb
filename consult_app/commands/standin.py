"""`consult standin`: our own stand-in for Twilio, to rehearse an outage with."""

import os
from pathlib import Path

import click

from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from consult_app.standin.server import Server, Ways

TOO_LATE_S = 15.0
"""Longer than our own limit on a call."""


@click.command("standin")
@click.option("--port", default=8010, show_default=True, help="Listens on this machine only.")
@click.option("--faults", default="", help="What the next calls get, comma between: 429,hang,ok")
@click.option("--same-sid", is_flag=True, help="Give every text one and the same id.")
@click.option("--ledger", type=click.Path(path_type=Path), help="Keep texts as JSON lines here.")
@click.option("--inbound", default="", help="Where texts that come in are brought, signed.")
def standin_command(
    port: int, faults: str, same_sid: bool, ledger: Path | None, inbound: str
) -> None:
    """Take texts as Twilio does, keep a ledger, and fail on request. Its page has the buttons."""
    stand_in = StandIn(
        account=os.environ.get("TWILIO_ACCOUNT_SID", ACCOUNT),
        token=os.environ.get("TWILIO_AUTH_TOKEN", TOKEN).split(",")[0],
        faults=[fault.strip() for fault in faults.split(",") if fault.strip()],
        same_sid=same_sid,
        hang_s=TOO_LATE_S,
        path=ledger,
    )
    server = Server(stand_in, Ways(inbound, reports=True), port)
    click.echo(f"TWILIO_BASE_URL={stand_in.url}")
    click.echo(f"TWILIO_ACCOUNT_SID={stand_in.account}")
    click.echo("TWILIO_AUTH_TOKEN: the one in the environment, else " + repr(TOKEN))
    click.echo(f"Faults at a click: {stand_in.url}/")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("ended")
    finally:
        server.server_close()
