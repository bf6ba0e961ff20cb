"""`consult languages check`: every rule over every file."""

from collections.abc import Iterable
from pathlib import Path

from consult_app import language
from consult_app.languages import provenance
from consult_app.translating import answering, fits, letters, whole
from consult_app.translating.files import Fault, of_language


def check(folder: Path = language.FOLDER, tags: Iterable[str] | None = None) -> list[Fault]:
    """Every fault of the words respondents read, in `tags` or in all that are marked offered."""
    found = list(whole.markup(folder))
    records = provenance.read(folder)
    for tag in marked_offered() if tags is None else tags:
        for file in of_language(folder, tag):
            found += [*letters.faults(file), *fits.faults(file), *answering.faults(file, folder)]
            if tag != language.ENGLISH:
                found += [*whole.faults(file), *whole.stated(records, file)]
    return found


def marked_offered() -> list[str]:
    """The languages that would be offered, however far they have come."""
    return [one.tag for one in language.every() if one.offered]
