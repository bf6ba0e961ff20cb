"""Words are read from one compiled file while nothing has changed, and from YAML otherwise."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult_app import language
from consult_app.languages import catalogue, store

FILES = {
    "languages.yml": "- {tag: en-GB, locale: en_GB, own_name: E, dir: ltr, script: Latn}\n"
    "- {tag: fa, locale: fa, own_name: F, dir: rtl, script: Arab}\n"
    "- {tag: fa-AF, locale: fa_AF, own_name: D, dir: rtl, script: Arab}\n"
    "- {tag: ti, locale: ti, own_name: T, dir: ltr, script: Ethi}\n",
    "small.en_GB.yml": 'hello: "Hello %{name}"\nsend: "Send 1, or call 999"\nlist: [a, b]\n'
    'left: {one: "%{count} left", other: "%{count} left"}\n',
    "small.fa.yml": 'send: "عدد 1 را بفرست، یا 999"\nleft: {one: "%{count} مانده", other: "%{count} مانده"}\n',
    "small.fa_AF.yml": "{}\n",
    "small.ti.yml": "{}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def loaded(folder: Path) -> Iterator[None]:
    """The words of `folder` instead of our own."""
    language.load(folder)
    yield
    language.load()


def test_the_compiled_file_holds_what_the_yaml_says(folder: Path) -> None:
    first = catalogue.read(folder)
    assert (folder / catalogue.COMPILED).exists()
    assert catalogue.read(folder) == first == catalogue.compiled(folder)


@pytest.mark.parametrize("name", ["small.fa.yml", "provenance/fa.yml", "speaker.yml"])
def test_it_is_made_again_when_anything_changes(folder: Path, name: str) -> None:
    catalogue.read(folder)
    before = json.loads((folder / catalogue.COMPILED).read_text(encoding="utf-8"))["made_from"]
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text('send: "بفرست"\n' if "small" in name else "", encoding="utf-8")
    catalogue.read(folder)
    after = json.loads((folder / catalogue.COMPILED).read_text(encoding="utf-8"))["made_from"]
    assert before != after


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"made_from": "elsewhere"}'])
def test_a_broken_compiled_file_is_replaced(folder: Path, broken: str) -> None:
    whole = catalogue.read(folder)
    (folder / catalogue.COMPILED).write_text(broken, encoding="utf-8")
    assert catalogue.read(folder) == whole


def test_where_nothing_can_be_kept_the_yaml_is_read_all_the_same(folder: Path) -> None:
    (folder / catalogue.COMPILED / "in the way").mkdir(parents=True)
    before = sorted(folder.rglob("*"))
    assert catalogue.read(folder).texts["en_GB"]["small.hello"] == "Hello %{name}"
    assert sorted(folder.rglob("*")) == before


@pytest.mark.usefixtures("loaded")
def test_what_falls_back_is_always_marked() -> None:
    assert language.words("small.hello", "ti", name="Sol") == "⟦en⟧ Hello Sol"
    assert language.words("small.hello", "en-GB", name="Sol") == "Hello Sol"
    assert language.words("small.send", "fa-AF").startswith("⟦fa⟧ عدد")
    assert language.words("small.left", "fa-AF", count=2).startswith("⟦fa⟧ ")
    assert not language.words("small.send", "fa").startswith("⟦")


@pytest.mark.usefixtures("loaded")
def test_digits_are_the_languages_own_but_not_where_they_are_dialled() -> None:
    assert language.words("small.send", "fa") == "عدد ۱ را بفرست، یا 999"
    assert language.words("small.left", "fa", count=12) == "۱۲ مانده"
    assert language.words("small.send", "en-GB") == "Send 1, or call 999"


def test_no_language_is_offered_below_the_standard() -> None:
    try:
        language.hold_to("safety-checked")
        checked = [one.tag for one in language.languages()]
        assert "en-GB" in checked
        assert all(language.standing(tag) is not language.Standard.DRAFT for tag in checked)
        drafts = [one.tag for one in language.every() if one.tag not in checked]
        assert not any(map(language.is_offered, drafts))
    finally:
        language.hold_to("draft")
    assert {"ar", "ti"} <= {one.tag for one in language.languages()}


def test_words_are_looked_up_once() -> None:
    """How fast they are found stands in `make bench`."""
    before = store._plain.cache_info().misses
    for _ in range(3):
        language.words("pages.next", "ti")
    assert store._plain.cache_info().misses <= before + 1
