"""The pages of one review: its pack, what may be read out, the meeting's record, its concerns."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions import concerns, reviews
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel, StaffRole
from consult_app.models.review import Review
from consult_app.staff import after, pack
from consult_app.staff.forms import CloseForm, ConfirmForm, MeetingForm, RaiseForm, asked
from consult_app.staff.guard import account, allow, runs

IRO, SUPPORT = StaffRole.IRO, StaffRole.SUPPORT
pages = Blueprint("staff_review", __name__, url_prefix="/staff")


@pages.get("/review/<id:review_id>")
@allow(IRO)
def show_pack(review_id: int) -> str:
    """All that was said for one review."""
    found = pack.read(edge.session(), _own(review_id))
    return render_template("staff/pack.html", pack=found, form=CloseForm(), now=clock.now())


@pages.get("/review/<id:review_id>/read-out")
@allow(IRO)
def show_read_out(review_id: int) -> str:
    """A sheet with only what may be said at the meeting."""
    review = _own(review_id)
    voices = pack.to_read_out(pack.read(edge.session(), review))
    return render_template("staff/read_out.html", review=review, voices=voices, now=clock.now())


@pages.get("/review/<id:review_id>/after")
@allow(IRO)
def show_after(review_id: int) -> str:
    """Say how the meeting went; the suggestion comes beside."""
    found = pack.read(edge.session(), _own(review_id))
    form = asked(MeetingForm, request.args, **after.known(found.review))
    return _after(found, form, ConfirmForm(None), () if "held_on" in request.args else None)


@pages.post("/review/<id:review_id>/after")
@allow(IRO)
def record_after(review_id: int) -> str | Response:
    """Record the meeting with the code the officer confirms."""
    review, confirm = _own(review_id), ConfirmForm()
    faults: tuple[reviews.Fault, ...] = ()
    if confirm.validate_on_submit():
        done = reviews.record_meeting(
            edge.session(), review.id, after.meeting(confirm),
            staff_id=account().id, now=clock.now(),
        )  # fmt: skip
        if isinstance(done, Review):
            return redirect(url_for(".show_pack", review_id=review.id), 303)
        faults = done
    found = pack.read(edge.session(), review)
    return _after(found, MeetingForm(request.form), confirm, faults)


@pages.post("/concern/<id:concern_id>/close")
@allow(IRO)
def close_concern(concern_id: int) -> str | Response:
    """Close a concern with a note of what was done."""
    concern = edge.session().get(Concern, concern_id) or abort(404)
    review, form = _own(concern.consultation.review_id), CloseForm()
    if form.validate_on_submit():
        concerns.close(
            edge.session(), concern.id, staff_id=account().id, note=form.note.data, now=clock.now()
        )
        return redirect(url_for(".show_pack", review_id=review.id), 303)
    found = pack.read(edge.session(), review)
    return render_template(
        "staff/pack.html", pack=found, form=form, missed=concern.id, now=clock.now()
    )


@pages.route("/consultation/<id:consultation_id>/concern", methods=["GET", "POST"])
@allow(IRO, SUPPORT)
def raise_concern(consultation_id: int) -> str | Response:
    """Write down what someone said on the telephone, so that the officer looks."""
    consultation = edge.session().get(Consultation, consultation_id) or abort(404)
    if not account().has_any(SUPPORT):
        _own(consultation.review_id)
    form = RaiseForm()
    if form.validate_on_submit():
        level = ConcernLevel(form.level.data)
        concerns.raise_by_staff(edge.session(), consultation, level, form.words.data, clock.now())
        return redirect(_after_raising(consultation), 303)
    return render_template("staff/raise.html", form=form, consultation=consultation)


def _own(review_id: int) -> Review:
    """The review, when the account runs it: 404 when there is none, 403 when another does."""
    review = pack.find_review(edge.session(), review_id) or abort(404)
    return review if runs(review) else abort(403)


def _after(
    found: pack.Pack,
    form: MeetingForm,
    confirm: ConfirmForm,
    faults: tuple[reviews.Fault, ...] | None,
) -> str:
    """The page after the meeting; `faults` None before anything was said."""
    suggested = after.suggestion(found, form) if faults is not None and form.validate() else None
    return render_template(
        "staff/after.html",
        review=found.review, form=form, confirm=confirm, faults=faults or (), suggested=suggested,
    )  # fmt: skip


def _after_raising(consultation: Consultation) -> str:
    """Back to the pack for its officer, to the list for business support."""
    if runs(consultation.review):
        return url_for(".show_pack", review_id=consultation.review_id)
    return url_for("staff.show_chasing")
