"""Words go to translators and come back: nothing is lost, faults are found, checks are remembered."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from consult_app import language
from consult_app.cli import consult
from consult_app.languages import catalogue, provenance
from consult_app.languages.provenance import Made, Standard
from consult_app.translating import po, sheet, taking, units, writing
from consult_app.translating.files import begun, of_language

WAYS = {"po": po, "xlsx": sheet}
language.load()
BEGUN = [tag for tag in begun(language.FOLDER) if tag != language.ENGLISH]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the words, to write into."""
    copy = tmp_path / "translations"
    shutil.copytree(language.FOLDER, copy, ignore=shutil.ignore_patterns(".compiled*"))
    return copy


def entries(folder: Path, tag: str) -> dict[str, object]:
    """Every entry of a language, by file and key."""
    return {
        f"{file.name}:{key}": words
        for file in of_language(folder, tag)
        for key, words in file.entries.items()
    }


def told(tag: str, key: str, words: str, *, checked: bool = True) -> taking.Incoming:
    """A file with one row, as a translator sent it."""
    (unit,) = (one for one in units.units(tag) if one.context == key)
    return taking.Incoming(tag, [(key, unit.source, words, checked)])


def made(folder: Path, tag: str, key: str) -> Made:
    """How far a string has come."""
    (found,) = (one for one in units.units(tag, folder) if one.key == key)
    return found.provenance.made


def rewrite(file: Path, old: str, new: str) -> None:
    """Change a file by hand."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("form", WAYS)
@pytest.mark.parametrize("tag", BEGUN)
def test_what_comes_back_as_it_went_changes_nothing(tag: str, form: str) -> None:
    sent = WAYS[form].written(tag, units.units(tag))
    proposal = taking.propose(WAYS[form].read(sent))
    assert proposal == taking.Proposal(tag, (), (), ())


@pytest.mark.parametrize("tag", BEGUN)
def test_what_comes_back_into_empty_files_is_the_same(tag: str, folder: Path) -> None:
    whole = entries(folder, tag)
    sent = po.written(tag, units.units(tag, folder))
    for file in of_language(folder, tag):
        (folder / file.name).unlink(missing_ok=True)
    writing.write(taking.propose(po.read(sent), folder), "A Reader", folder)
    assert entries(folder, tag) == whole


def test_every_plural_form_is_a_unit_and_says_for_which_numbers() -> None:
    text = po.written("ar", units.units("ar")).decode()
    for form in ("zero", "one", "two", "few", "many", "other"):
        assert f'msgctxt "pages.left [{form}]"' in text
    assert "Plural form 'few': for 3, 4, 5" in text


def test_a_translator_is_told_place_length_and_terms() -> None:
    text = po.written("ps", units.units("ps")).decode()
    assert "#. Where: text message: the first one" in text
    assert "#. At most 4 parts" in text
    assert "#. As its reader sees it: /staff/languages/ps?q=texts.invite.child" in text
    assert "#. Term: social worker: " in text
    assert "#. Safety or who reads: a speaker must check this" in text


def test_a_speakers_check_is_remembered_until_the_english_changes(folder: Path) -> None:
    key, words = "pages.exit", "اخرج الآن"
    writing.write(taking.propose(told("ar", key, words), folder), "Sol Reader", folder)
    (unit,) = (one for one in units.units("ar", folder) if one.key == key)
    assert (unit.provenance.made, unit.provenance.by) == (Made.CHECKED, "Sol Reader")
    again = po.read(po.written("ar", units.units("ar", folder)))
    assert taking.propose(again, folder).changes == ()

    rewrite(folder / "pages.en_GB.yml", '\nexit: "', '\nexit: "Please ')
    (unit,) = (one for one in units.units("ar", folder) if one.key == key)
    assert unit.provenance.made is Made.CHANGED
    assert unit.provenance.needs_speaker


def test_words_changed_by_hand_after_a_check_are_a_draft_again(folder: Path) -> None:
    writing.write(taking.propose(told("ar", "pages.back", "رجوع"), folder), "Sol Reader", folder)
    rewrite(folder / "pages.ar.yml", '\nback: "رجوع"', '\nback: "عودة"')
    assert made(folder, "ar", "pages.back") is Made.DRAFT


def test_a_draft_is_changed_since_until_somebody_says_it_fits(folder: Path) -> None:
    key = "pages.back"
    writing.drafted(folder, [])
    rewrite(folder / "pages.en_GB.yml", '\nback: "', '\nback: "Go ')
    assert made(folder, "ar", key) is made(folder, "ti", key) is Made.CHANGED
    writing.drafted(folder, ["ti"])
    assert (made(folder, "ar", key), made(folder, "ti", key)) == (Made.CHANGED, Made.DRAFT)
    rewrite(folder / "pages.en_GB.yml", '\nback: "', '\nback: "Please ')
    assert made(folder, "ar", key) is made(folder, "ti", key) is Made.CHANGED
    writing.drafted(folder, [])
    assert made(folder, "ar", key) is made(folder, "ti", key) is Made.DRAFT
    assert provenance.read(folder).exceptions == {}


@pytest.mark.parametrize("tags", [[], ["ar"]])
@pytest.mark.parametrize("whole", [True, False])
def test_what_a_speaker_checked_fits_no_other_english(
    folder: Path, tags: list[str], whole: bool
) -> None:
    """Whether a whole file was checked, as provenance.yml says it, or one string of it."""
    key = "pages.exit"
    if whole:
        rewrite(
            folder / "provenance.yml", "pages: {ar: machine draft", 'pages: {ar: "checked by Sol"'
        )
    else:
        writing.write(taking.propose(told("ar", key, "اخرج الآن"), folder), "Sol", folder)
    assert made(folder, "ar", key) is Made.CHECKED
    rewrite(folder / "pages.en_GB.yml", '\nexit: "', '\nexit: "Please ')
    writing.drafted(folder, tags)
    (found,) = (one for one in units.units("ar", folder) if one.key == key)
    assert (found.provenance.made, found.provenance.by) == (Made.CHANGED, "Sol")


def test_a_draft_among_what_was_checked_stays_a_draft(folder: Path) -> None:
    rewrite(folder / "provenance.yml", "pages: {ar: machine draft", 'pages: {ar: "checked by Sol"')
    said = told("ar", "pages.back", "عودة", checked=False)
    writing.write(taking.propose(said, folder), "Sol", folder)
    writing.drafted(folder, [])
    assert made(folder, "ar", "pages.back") is Made.DRAFT


def test_writing_leaves_everything_else_as_it_stands(folder: Path) -> None:
    before = (folder / "pages.ar.yml").read_text(encoding="utf-8").splitlines()
    said = told("ar", "pages.left [two]", "بقي سؤالان فقط.", checked=False)
    writing.write(taking.propose(said, folder), "A Reader", folder)
    after = (folder / "pages.ar.yml").read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    assert [line for line in after if line not in before] == ['  two: "بقي سؤالان فقط."']


@pytest.mark.parametrize(
    ("key", "words", "fault"),
    [
        ("pages.door.who", "هذه الصفحة لك", "must take exactly %{authority}"),
        ("pages.exit", "Leave now please", "not written in its script"),
        ("pages.exit", "اخرج الان یا صديقي", "here it is ي"),
        ("pages.exit", "<b>اخرج</b>", "no HTML"),
        ("texts.skipped", "لا بأس. " * 60, "at most 4"),
        ("replies.yes", "نعم\nلا", "also means no"),
        ("options.yn.no", "قف", "is STOP in"),
    ],
)
def test_faults_stand_in_the_way(key: str, words: str, fault: str) -> None:
    proposal = taking.propose(told("ar", key, words))
    assert any(fault in str(one) for one in proposal.faults), proposal.faults


def test_rows_that_fit_no_more_are_left_aside() -> None:
    rows = [("pages.gone", "Gone", "راح", True), ("pages.exit", "Old English", "اخرج", True)]
    proposal = taking.propose(taking.Incoming("ar", rows))
    assert proposal.changes == ()
    assert [line.partition(": ")[0] for line in proposal.aside] == ["pages.gone", "pages.exit"]


def test_the_standing_of_a_language_follows_its_checks(folder: Path) -> None:
    rows = [(u.context, u.source, u.target, u.provenance.sensitive) for u in units.units("ar")]
    writing.write(taking.propose(taking.Incoming("ar", rows), folder), "Sol Reader", folder)
    assert _standing(folder) is Standard.SAFETY_CHECKED
    whole = [(context, english, words, True) for context, english, words, _ in rows]
    writing.write(taking.propose(taking.Incoming("ar", whole), folder), "Sol Reader", folder)
    assert _standing(folder) is Standard.CHECKED


def _standing(folder: Path) -> Standard:
    return Standard(catalogue.read(folder).standings["ar"])


@pytest.mark.parametrize("form", WAYS)
def test_pictures_of_the_pages_travel_with_the_file(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"words.{form}"
    export = ["languages", "export", "--to", "ti", "--format", form, "--output", str(file)]
    assert CliRunner().invoke(consult, export).exit_code == 0
    if form == "po":
        named = set(re.findall(r"#\. Picture: (\S+)", file.read_text(encoding="utf-8")))
    else:
        (shown,) = load_workbook(file).worksheets
        linked = (row[-1].hyperlink for row in shown.iter_rows(min_row=2))
        named = {link.target for link in linked if link}
    assert "pictures/door.png" in named
    assert {f"pictures/{one.name}" for one in (tmp_path / "pictures").iterdir()} == named


def test_the_commands_preview_and_refuse(tmp_path: Path) -> None:
    file = tmp_path / "words.po"
    run = CliRunner().invoke
    sent = run(consult, ["languages", "export", "--to", "ti", "--output", str(file)])
    assert sent.exit_code == 0, sent.output
    before = (language.FOLDER / "pages.ti.yml").read_bytes()
    text = file.read_text(encoding="utf-8").replace("#, fuzzy\n", "")
    file.write_text(text, encoding="utf-8")
    shown = run(consult, ["languages", "import", str(file), "--by", "Sol Reader"])
    assert "nothing is written yet" in shown.output
    assert "stays, checked" in shown.output
    assert (language.FOLDER / "pages.ti.yml").read_bytes() == before
    file.write_text("no PO at all", encoding="utf-8")
    refused = run(consult, ["languages", "import", str(file), "--by", "Sol Reader"])
    assert refused.exit_code != 0
    assert run(consult, ["languages", "export", "--to", "xx"]).exit_code != 0
    assert provenance.read(language.FOLDER).exceptions.get("ti", {}) == {}
