"""The table of languages: what it counts, and that the documents have it as it is."""

from click.testing import CliRunner

from consult_app import language
from consult_app.cli import consult
from consult_app.commands.languages import DOCUMENT
from consult_app.translating import standing


def test_strings_are_drafts_or_checked_or_changed_since() -> None:
    for row in standing.standings():
        assert row.strings == row.drafts + row.checked + row.changed
        assert row.need_speaker <= row.missing + row.drafts + row.changed
    english = standing.standing(language.ENGLISH)
    assert (english.missing, english.drafts, english.need_speaker) == (0, 0, 0)
    assert english.segments == 2
    assert standing.standing("ti").segments <= 4


def test_the_table_in_the_documents_is_the_one_that_is_made() -> None:
    printed = CliRunner().invoke(consult, ["languages", "table"])
    assert printed.exit_code == 0
    _, _, told = DOCUMENT.read_text(encoding="utf-8").partition(standing.BEGIN)
    told, _, _ = told.partition(standing.END)
    assert told.strip() == printed.output.strip(), "consult languages table --write"
