"""Which kind of file it is, known by its columns: extra, missing and reordered ones are borne."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from consult_app.records.finding import Finding, Severity
from consult_app.records.forms_log import FormRow, read_form
from consult_app.records.line import Line
from consult_app.records.people import PersonRow, read_person
from consult_app.records.reviews import ReviewRow, read_review, read_safeguarding
from consult_app.records.ssda903 import (
    HeaderRow,
    PastReviewRow,
    UnaccompaniedRow,
    read_header,
    read_past_review,
    read_unaccompanied,
)

Row = HeaderRow | UnaccompaniedRow | PastReviewRow | ReviewRow | PersonRow | FormRow


class FileKind(StrEnum):
    """The files we read, in the order in which they are best applied."""

    HEADER = "ssda903_header"
    UNACCOMPANIED = "ssda903_uasc"
    REVIEWS = "reviews"
    SAFEGUARDING = "ssd_reviews"
    PAST_REVIEWS = "ssda903_reviews"
    PEOPLE = "people"
    FORMS_LOG = "forms_log"


@dataclass(frozen=True)
class Layout:
    """A kind's fields, each with the names its column may have; the first is the usual one."""

    kind: FileKind
    read: Callable[[Line], Row | None]
    columns: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]
    one_of: frozenset[str]
    optional: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """A layout recognised in a heading: where each field stands and what its column is called."""

    layout: Layout
    places: Mapping[str, int]
    columns: Mapping[str, str]
    notes: tuple[Finding, ...] = field(default=())


CHILD = ("child_id", "child", "person_id", "dim_person_id", "clae_person_id", "pers_person_id",
         "subject_compound_id", "la_child_id", "mosaic_id", "liquidlogic_id")  # fmt: skip
BORN = ("dob", "date_of_birth", "born_on")
DUE = ("due_date", "clar_cla_review_due_date", "due_dttm", "review_due_date", "due_on")
CODES = ("review_code", "participation", "participation_code", "clar_cla_review_participation",
         "dim_lookup_participation_code_desc", "lac_review_participation_code")  # fmt: skip

LAYOUTS = (
    Layout(
        FileKind.PAST_REVIEWS,
        read_past_review,
        {"child": CHILD, "born_on": BORN, "held_on": ("review",), "code": CODES},
        needed=frozenset({"child", "held_on"}),
        one_of=frozenset({"born_on", "code"}),
    ),
    Layout(
        FileKind.UNACCOMPANIED,
        read_unaccompanied,
        {"child": CHILD, "sex": ("sex", "gender"), "born_on": BORN, "until": ("duc",)},
        needed=frozenset({"child", "until"}),
        one_of=frozenset({"sex", "born_on"}),
    ),
    Layout(
        FileKind.HEADER,
        read_header,
        {"child": CHILD, "sex": ("sex", "gender"), "born_on": BORN},
        needed=frozenset({"child", "sex", "born_on"}),
        one_of=frozenset({"sex"}),
        ignored=frozenset({"ethnic", "upn", "mother", "mc_dob"}),
    ),
    Layout(
        FileKind.SAFEGUARDING,
        read_safeguarding,
        {
            "reference": (
                "clar_cla_review_id",
                "fact_cla_review_id",
                "workflow_step_id",
                "review_id",
            ),
            "child": (*CHILD, "clar_cla_id"),
            "due_on": DUE,
            "day": ("clar_cla_review_date", "meeting_dttm", "lac_review_date"),
            "cancelled": ("clar_cla_review_cancelled", "cancelled", "cancelled_on", "step_status"),
            "code": CODES,
        },
        needed=frozenset({"reference", "child", "day"}),
        one_of=frozenset({"due_on", "cancelled", "code"}),
    ),
    Layout(
        FileKind.REVIEWS,
        read_review,
        {
            "child": CHILD,
            "reference": (
                "review_id",
                "review_ref",
                "clar_cla_review_id",
                "fact_cla_review_id",
                "workflow_step_id",
            ),
            "type": ("review_type", "type"),
            "due_on": DUE,
            "planned_on": ("planned_date", "planned_on", "scheduled_date", "meeting_date"),
            "planned_at": ("planned_time", "planned_at", "meeting_time"),
            "held_on": ("held_date", "held_on", "date_held"),
            "venue": ("venue", "place", "location"),
            "status": ("status", "review_status"),
            "iro": ("iro_ref", "iro_id", "iro"),
            "iro_name": ("iro_name",),
            "team": ("team",),
            "area": ("area", "locality"),
            "unaccompanied": ("uasc", "unaccompanied"),
            "care_leaver": ("care_leaver",),
            "code": CODES,
            "first_name": ("first_name", "forename"),
            "born_on": BORN,
        },
        needed=frozenset({"child", "reference"}),
        one_of=frozenset({"due_on", "planned_on", "held_on"}),
        optional=frozenset({"held_on", "iro_name", "code", "first_name", "born_on"}),
    ),
    Layout(
        FileKind.PEOPLE,
        read_person,
        {
            "child": CHILD,
            "reference": ("person_ref", "person_reference", "contact_id"),
            "role": ("role", "relationship"),
            "name": ("name", "full_name"),
            "mobile": ("mobile", "phone", "telephone", "mobile_number"),
            "language_read": ("language_read", "reads", "language"),
            "language_spoken": ("language_spoken", "speaks"),
            "reading": ("reading", "reads_easily", "can_read"),
            "interpreter": ("interpreter", "interpreter_needed"),
            "contact_ok": ("contact_ok", "ok_to_contact"),
            "contact_reason": ("contact_reason",),
            "pr": ("pr", "parental_responsibility"),
            "communication": ("communication", "communication_needs"),
            "whatsapp": ("whatsapp",),
            "email": ("email", "e_mail", "email_address"),
            "address": ("address", "postal_address"),
        },
        needed=frozenset({"child", "reference", "role"}),
        one_of=frozenset({"name", "mobile", "email"}),
        optional=frozenset(
            {"contact_reason", "communication", "reading", "whatsapp", "email", "address"}
        ),
    ),
    Layout(
        FileKind.FORMS_LOG,
        read_form,
        {
            "child": CHILD,
            "review_on": ("review_date", "date_of_review"),
            "kind": ("review_kind", "kind"),
            "role": ("role", "respondent"),
            "sent": ("sent", "sent_date", "date_sent"),
            "received": ("received", "received_date", "date_received"),
            "channel": ("channel",),
        },
        needed=frozenset({"child", "review_on", "role"}),
        one_of=frozenset({"sent", "received"}),
    ),
)


def normal(name: str) -> str:
    """A column's name as it is compared: lower case, words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def recognise(cells: Sequence[str], line: int) -> Found | None:
    """The kind whose columns fit a heading best, or None when it fits none."""
    names = [normal(cell) for cell in cells]
    fits = [(layout, _places(layout, names)) for layout in LAYOUTS]
    whole = [(layout, places) for layout, places in fits if _fits(layout, places)]
    if not whole:
        return None
    layout, places = max(whole, key=lambda fit: len(fit[1]))
    columns = {name: cells[place] for name, place in places.items()}
    missing = {name: layout.columns[name][0] for name in layout.columns if name not in places}
    return Found(layout, places, columns | missing, _notes(layout, places, cells, line))


def nearest(cells: Sequence[str]) -> tuple[FileKind, tuple[str, ...]]:
    """The kind that fits best though something is missing, and the columns that are missing."""
    names = [normal(cell) for cell in cells]
    layout = max(LAYOUTS, key=lambda layout: len(_places(layout, names)))
    places = _places(layout, names)
    missing = [layout.columns[name][0] for name in sorted(layout.needed - places.keys())]
    if not layout.one_of & places.keys():
        missing.append(" or ".join(layout.columns[name][0] for name in sorted(layout.one_of)))
    return layout.kind, tuple(missing)


def _places(layout: Layout, names: Sequence[str]) -> dict[str, int]:
    """Where each field stands: under the first of its names that the heading has."""
    found = ((field, next((n for n in known if n in names), None))
             for field, known in layout.columns.items())  # fmt: skip
    return {field: names.index(name) for field, name in found if name is not None}


def _fits(layout: Layout, places: Mapping[str, int]) -> bool:
    return layout.needed <= places.keys() and bool(layout.one_of & places.keys())


def _notes(
    layout: Layout, places: Mapping[str, int], cells: Sequence[str], line: int
) -> tuple[Finding, ...]:
    """What is said of the heading: none of it is a fault."""
    used = set(places.values())
    extra = [cell for place, cell in enumerate(cells)
             if place not in used and cell and normal(cell) not in layout.ignored]  # fmt: skip
    missing = [known[0] for name, known in layout.columns.items()
               if name not in places and name not in layout.optional]  # fmt: skip
    said = [(name, "extra-column", "this column is not used") for name in extra]
    said += [(name, "missing-column", "this column is missing") for name in missing]
    if list(places.values()) != sorted(places.values()):
        said.append(("", "column-order", "the columns are in another order than usual"))
    if "clar_cla_id" in {normal(cells[places["child"]])}:
        said.append(("clar_cla_id", "child-id", "no id of the person: the episode's is taken"))
    return tuple(Finding(line, name, rule, words, Severity.NOTE) for name, rule, words in said)
