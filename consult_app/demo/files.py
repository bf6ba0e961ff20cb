"""Write the invented authority as the files that case systems and business support keep."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from consult_app.demo.world import Sitting, World
from consult_app.models.kinds import ReviewKind

Rows = Iterable[Sequence[object]]
ENGLISH_DATE = "%d/%m/%Y"

HEADINGS = {
    "ssda903_header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "ssda903_uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "reviews": ("child_id", "review_id", "review_type", "due_date", "planned_date",
                "planned_time", "held_date", "venue", "status", "iro_ref", "iro_name", "team",
                "area", "uasc", "care_leaver"),
    "ssda903_reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "people": ("child_id", "person_ref", "role", "name", "mobile", "language_read",
               "language_spoken", "interpreter", "contact_ok", "pr", "communication"),
    "forms_log": ("child_id", "review_date", "review_kind", "role", "sent", "received", "channel"),
}  # fmt: skip
"""In the order in which they are taken in."""


def write(world: World, folder: Path) -> list[Path]:
    """Write every file into `folder`, and return their paths in the order to import them."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, Rows] = {
        "ssda903_header": _header(world),
        "ssda903_uasc": _unaccompanied(world),
        "reviews": map(_review, world.sittings),
        "ssda903_reviews": _past_reviews(world),
        "people": _people(world),
        "forms_log": _forms(world),
    }
    return [_write(folder / f"{name}.csv", HEADINGS[name], rows[name]) for name in HEADINGS]


def _write(path: Path, heading: Sequence[str], rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
    return path


def _header(world: World) -> Rows:
    for kid in world.kids:
        yield (kid.reference, 1 if kid.sex == "M" else 2, f"{kid.born_on:{ENGLISH_DATE}}",
               "", "", "", "")  # fmt: skip


def _unaccompanied(world: World) -> Rows:
    for kid in world.kids:
        if kid.unaccompanied:
            sex = 1 if kid.sex == "M" else 2
            yield kid.reference, sex, f"{kid.born_on:{ENGLISH_DATE}}", ""


def _review(sitting: Sitting) -> Sequence[object]:
    kid = sitting.kid
    return (
        kid.reference, sitting.reference, sitting.stage.value, sitting.due_on, sitting.day,
        f"{sitting.at:%H:%M}", sitting.day if sitting.held else "", sitting.venue,
        "held" if sitting.held else "scheduled", kid.officer.reference, kid.officer.name,
        kid.team, kid.area, _yes(kid.unaccompanied), _yes(kid.care_leaver),
    )  # fmt: skip


def _past_reviews(world: World) -> Rows:
    """The return holds past reviews of looked-after children only."""
    for sitting in world.sittings:
        if sitting.held and sitting.kind is ReviewKind.CARED_FOR:
            kid = sitting.kid
            yield (kid.reference, f"{kid.born_on:{ENGLISH_DATE}}",
                   f"{sitting.day:{ENGLISH_DATE}}", sitting.code)  # fmt: skip


def _people(world: World) -> Rows:
    for kid in world.kids:
        for tie in kid.ties:
            person = tie.person
            yield (
                kid.reference, person.reference, tie.role.value, person.name,
                world.mobiles.get(person.reference, ""), person.reads, person.speaks,
                _yes(person.interpreter), f"n: {tie.keep_away}" if tie.keep_away else "y",
                _yes(tie.role == "parent"),
                _yes(kid.communication_needs and tie is kid.ties[0]),
            )  # fmt: skip


def _forms(world: World) -> Rows:
    for form in world.forms:
        sitting = form.sitting
        yield (sitting.kid.reference, sitting.day, sitting.kind.value, form.role.value,
               form.sent_on, form.received_on or "", form.channel)  # fmt: skip


def _yes(flag: bool) -> str:
    return "y" if flag else "n"
