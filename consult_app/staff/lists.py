"""The pages that list: the desk, concerns, what has not come back."""

from flask import Blueprint, render_template, request

from consult_app import clock, edge
from consult_app.models.kinds import StaffRole
from consult_app.staff import addresses, chasing, desk, open_concerns
from consult_app.staff.guard import account, allow

IRO, MANAGER, SUPPORT = StaffRole.IRO, StaffRole.MANAGER, StaffRole.SUPPORT
FEW = 5
pages = Blueprint("staff", __name__, url_prefix="/staff")


@pages.get("/")
@allow(IRO, MANAGER, SUPPORT)
def show_desk() -> str:
    """One glance: concerns, whose review is next, who has said something."""
    session, who = edge.session(), account()
    wanted = desk.Wanted.read(request.args)
    concerns = open_concerns.glance(session, FEW) if who.has_any(IRO, MANAGER) else None
    return render_template(
        "staff/desk.html",
        page=desk.read(session, wanted, clock.today()),
        concerns=concerns,
        officers=desk.officers(session) if who.has_any(MANAGER, SUPPORT) else [],
        today=clock.today(),
        whens=desk.When,
        heards=desk.Heard,
    )


@pages.get("/concerns")
@allow(IRO, MANAGER)
def show_concerns() -> str:
    """Every open concern that the account may know of."""
    page = open_concerns.read(edge.session(), addresses.page(request.args))
    return render_template("staff/concerns.html", page=page)


@pages.get("/chasing")
@allow(SUPPORT, MANAGER)
def show_chasing() -> str:
    """Who was asked and has not answered, and how the texts fared."""
    shows = {show.value: show for show in chasing.Show}
    show = shows.get(request.args.get("show", ""), chasing.Show.WAITING)
    session = edge.session()
    return render_template(
        "staff/chasing.html",
        page=chasing.read(session, show, addresses.page(request.args), clock.today()),
        post=chasing.post(session),
        shows=chasing.Show,
        may_raise=account().has_any(SUPPORT),
    )
