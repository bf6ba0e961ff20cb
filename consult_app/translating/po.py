"""Units as a PO file, as Weblate and Poedit take it: drafts are fuzzy, what was checked is not.

Each plural form is a unit of its own, because gettext's forms and CLDR's are not the same; its
context says which it is and for which numbers.
"""

import io
from collections.abc import Iterable

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from consult_app import clock, language
from consult_app.translating.places import page
from consult_app.translating.taking import Incoming, Unreadable
from consult_app.translating.units import Unit, used_for
from consult_app.translating.whole import DEFINITE

PROJECT = "Consult"
HEADER = "# Words of Consult. Fuzzy: a draft that no speaker has checked. Take the mark off when it is right."
FUZZY, NAMED_VALUES = "fuzzy", "ruby-format"


def written(tag: str, units: Iterable[Unit]) -> bytes:
    """The file, its language in the header."""
    known = language.get(tag)
    catalog = Catalog(
        locale=known.rules,
        project=PROJECT,
        version=tag,
        header_comment=HEADER,
        msgid_bugs_address="-",
        creation_date=clock.now(),
        revision_date=clock.now(),
        last_translator="-",
        language_team=known.own_name,
        fuzzy=False,
    )
    for unit in units:
        _add(catalog, tag, unit)
    file = io.BytesIO()
    write_po(file, catalog, width=0)
    return file.getvalue()


def _add(catalog: Catalog, tag: str, unit: Unit) -> None:
    message = catalog.add(
        unit.source,
        unit.target,
        context=unit.context,
        auto_comments=_comments(tag, unit),
        flags=set() if unit.is_checked else {FUZZY},
    )
    message.flags -= {"python-format", "python-brace-format"}
    if language.placeholders(unit.source) and unit.form in ("", *DEFINITE):
        message.flags.add(NAMED_VALUES)
    if unit.limit and unit.limit.characters:
        message.flags.add(f"max-length:{unit.limit.characters}")


def _comments(tag: str, unit: Unit) -> list[str]:
    """What helps a translator: place, plural form, length, glossary, whether a speaker must look."""
    told = [f"Where: {unit.place}", f"As its reader sees it: {page(tag, unit.key)}"]
    if unit.pictured:
        told.append(f"Picture: {unit.pictured}")
    if unit.form:
        told.append(f"Plural form {unit.form!r}: for {used_for(tag, unit.form)}")
    if unit.limit:
        told.append(f"At most {unit.limit}")
    if unit.provenance.needs_speaker:
        told.append("Safety or who reads: a speaker must check this before it is used")
    return told + [f"Term: {hint}" for hint in unit.hints]


def read(content: bytes) -> Incoming:
    """What a translator sent back. Unreadable when it is no PO file of ours."""
    try:
        catalog = read_po(io.BytesIO(content), abort_invalid=True)
    except (ValueError, UnicodeDecodeError) as fault:
        raise Unreadable(f"this is no PO file: {fault}") from None
    if catalog.project != PROJECT:
        raise Unreadable(f"its header names no {PROJECT}: use a file that was exported here")
    rows = [
        (str(message.context), str(message.id), str(message.string or ""), not message.fuzzy)
        for message in catalog
        if message.id and message.context
    ]
    return Incoming(str(catalog.version), rows)
