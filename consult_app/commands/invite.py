"""`consult invite`: ask about the coming reviews, and remind who has not answered."""

from datetime import date, datetime

import click

from consult_app import clock
from consult_app.actions.inviting.invitations import Invited, Proposal, invite, split_reason
from consult_app.commands import cost, say
from consult_app.outbox.forecast import forecast
from consult_app.outbox.prices import prices


@click.command("invite")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day, not today.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and keep nothing.")
@say.format_option
def invite_command(on: datetime | None, dry_run: bool, form: str) -> None:
    """Propose consultations for reviews within the lead time, queue invitations and reminders.

    Says what the batch costs, by channel and language; with --dry-run before anything is kept.
    """
    settings, database = say.start()
    with database.session() as session:
        started = clock.now()
        done = invite(session, settings, _day(on), started)
        session.flush()
        batches = forecast(session, prices(settings), clock.now(), since=started)
        if not dry_run:
            session.commit()
    database.engine.dispose()
    click.echo(say.table([_row(proposal) for proposal in done.proposals], form))
    click.echo(say.table(cost.rows(batches), "text"), err=form != "text")
    click.echo(_counts(done, dry_run), err=form != "text")


def _day(on: datetime | None) -> date:
    return on.date() if on else clock.today()


def _row(proposal: Proposal) -> dict[str, object]:
    """One decision; children go by the case system's id, nobody by name."""
    return {
        "day": str(proposal.day),
        "child": proposal.child,
        "role": proposal.role.value,
        "questionnaire": proposal.questionnaire,
        "language": proposal.language,
        "decision": "invited" if proposal.reason is None else "not consulted",
        "reason": split_reason(proposal.reason or "")[0].removeprefix("reason.") or None,
    }


def _counts(done: Invited, dry_run: bool) -> str:
    shared = f", {done.shared_numbers} numbers shared" if done.shared_numbers else ""
    shared += f", {done.afterwards} asked how it was" if done.afterwards else ""
    shared += f", {done.elsewhere} asked another way" if done.elsewhere else ""
    kept = " (nothing was kept)" if dry_run else ""
    return (
        f"{done.invited} invited, {done.not_consulted} not consulted, "
        f"{done.reminded} reminded{shared}{kept}"
    )
