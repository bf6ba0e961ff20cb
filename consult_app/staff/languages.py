"""How far each language has come, and for translators every string in its place. Read only."""

from flask import Blueprint, abort, render_template, request

from consult_app import edge, language
from consult_app.models.kinds import StaffRole
from consult_app.staff import addresses
from consult_app.staff.guard import allow
from consult_app.translating import standing
from consult_app.translating.browsing import PARTS, SHOWN, Wish, find, paged
from consult_app.translating.files import begun
from consult_app.translating.fits import with_samples
from consult_app.translating.units import glossary, used_for

pages = Blueprint("staff_languages", __name__, url_prefix="/staff")

EVERY_ROLE = (StaffRole.IRO, StaffRole.MANAGER, StaffRole.SUPPORT)


@pages.get("/languages")
@allow(*EVERY_ROLE)
def show_languages() -> str:
    """The table of languages: strings, drafts, checked, and what still needs a speaker."""
    return render_template(
        "staff/languages.html",
        rows=standing.standings(),
        standard=edge.settings().language_standard,
        is_offered=language.is_offered,
        known=language.get,
    )


@pages.get("/languages/<tag>")
@allow(*EVERY_ROLE)
def show_strings(tag: str) -> str:
    """Every string of one language beside the English, as its reader would see it."""
    if tag not in begun(language.FOLDER):
        abort(404)
    wish = Wish(
        words=request.args.get("q", "").strip()[:100],
        show=request.args.get("show", ""),
        part=request.args.get("part", ""),
    )
    found, page = find(tag, wish), addresses.page(request.args)
    shown, more = paged(found, page)
    return render_template(
        "staff/strings.html",
        known=language.get(tag),
        name=language.names(tag, language.ENGLISH),
        wish=wish,
        shows=SHOWN,
        parts=PARTS,
        count=len(found),
        units=shown,
        page=page,
        more=more,
        terms=glossary(tag),
        filled=with_samples,
        numbers=used_for,
    )
