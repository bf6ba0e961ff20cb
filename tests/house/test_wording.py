"""The words of every language are whole, and the check that says so finds each fault."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from consult_app.cli import consult
from consult_app.translating.check import check

TAGS = ("en-GB", "en-GB-x-easy", "ar", "ti")
WHOLE = {
    "pages.en_GB.yml": 'go: "Go on, %{name}"\nleft:\n  one: "%{count} left"\n  other: "%{count} left"\n',
    "pages.ar.yml": 'go: "تابع %{name}"\nleft: {zero: "لا شيء", one: "بقي %{count}", two: "بقي اثنان", '
    'few: "بقي %{count}", many: "بقي %{count}", other: "بقي %{count}"}\n',
    "pages.ti.yml": 'go: "ቀጽል %{name}"\nleft: {one: "%{count} ተሪፉ", other: "%{count} ተሪፎም"}\n',
    "pages.en_GB_easy.yml": 'go: "Next, %{name}"\nleft:\n  one: "%{count} to go"\n  other: "%{count} to go"\n',
    "replies.en_GB_easy.yml": '"yes": ["yes", "y"]\n',
    "replies.en_GB.yml": '"yes": ["yes", "y"]\n',
    "replies.ar.yml": '"yes": [نعم]\n',
    "replies.ti.yml": '"yes": [እወ]\n',
    "staff.en_GB.yml": 'desk: "Desk"\n',
    "provenance.yml": "pages: {ar: machine draft, ti: checked by a reader, en_GB_easy: machine draft}\n"
    "replies: {ar: machine draft, ti: machine draft, en_GB_easy: machine draft}\n",
}


def _folder(path: Path, changed: dict[str, str]) -> Path:
    for name, text in (WHOLE | changed).items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def test_whole_files_have_no_faults(tmp_path: Path) -> None:
    assert check(_folder(tmp_path, {}), TAGS) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("pages.ar.yml", "go: ", "gone: ", "pages.ar.yml: go: missing"),
        ("pages.ar.yml", "go: ", "gone: ", "pages.ar.yml: gone: English has no such key"),
        ("pages.ti.yml", " %{name}", "", "pages.ti.yml: go: must take exactly %{name}"),
        ("pages.ti.yml", "%{name}", "%{nmae}", "pages.ti.yml: go: must take exactly %{name}"),
        ("pages.ti.yml", "%{count} ተሪፎም", "ተሪፎም", "pages.ti.yml: left: must take exactly %{count}"),
        ("pages.ar.yml", 'two: "بقي اثنان", ', "", "needs exactly the plural forms"),
        ("pages.ti.yml", "ቀጽል", "Go on and on", "not written in its script"),
        ("pages.ti.yml", "ቀጽል", "<b>ቀጽል</b>", "words hold no HTML"),
        ("pages.en_GB.yml", "Go on", "<b>Go on</b>", "pages.en_GB.yml: go: words hold no HTML"),
        ("replies.ti.yml", "[እወ]", "እወ", "is not of the same kind"),
        ("replies.ti.yml", "[እወ]", "[]", "the list is empty"),
        ("provenance.yml", "ti: checked by a reader", "ti: fine", "provenance.yml: pages.ti"),
        ("replies.ar.yml", '"yes": [نعم]\n', "", "replies.ar.yml: *: the file is missing or empty"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, name: str, old: str, new: str, expected: str) -> None:
    assert old in WHOLE[name]
    folder = _folder(tmp_path, {name: WHOLE[name].replace(old, new)})
    assert any(expected in str(fault) for fault in check(folder, TAGS))


def test_the_words_of_every_language_are_whole() -> None:
    found = CliRunner().invoke(consult, ["languages", "check"])
    assert found.exit_code == 0, found.output
