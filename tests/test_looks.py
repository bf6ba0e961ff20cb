"""The authority's colour and logo: shown when they can be read, refused in words when not."""

import base64

import pytest

from consult_app import looks
from consult_app.app import create_app
from consult_app.config import BadSettings, from_environment
from tests.conftest import environment

GOOD = ("#0b6b60", "#7a1f5c", "#1d3f8f", "#000000", "#0b6b60,#7fd6c2")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def refused(**values: str) -> str:
    """What the start says to these settings."""
    with pytest.raises(BadSettings) as told:
        from_environment({"CONSULT_ENV": "test"} | values)
    return str(told.value)


@pytest.mark.parametrize("text", GOOD)
def test_a_colour_is_readable_by_day_and_by_night(text):
    chosen = looks.colours(text)
    for colour, papers in ((chosen.light, looks.LIGHT), (chosen.dark, looks.DARK)):
        assert all(looks.contrast(colour, paper) >= looks.READABLE for paper in papers)
    assert looks.contrast(looks.WHITE, chosen.light) >= looks.READABLE
    assert looks.contrast(looks.NIGHT, chosen.dark) >= looks.READABLE


def test_contrast_is_the_one_of_wcag():
    assert looks.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert looks.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_our_own_papers_are_those_of_the_stylesheet():
    sheet = (looks.Path(__file__).parents[1] / "static" / "respondent.css").read_text()
    for colour in (*looks.LIGHT, *looks.DARK):
        assert colour in sheet


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#ffd97a", "contrast of 1.3 on the light page"),
        ("#0b6b60,#0b6b60", "on the dark page"),
        ("green", "write it like #0b6b60"),
        ("#0b6b60,#7fd6c2,#ffffff", "is no colour"),
        ("#0b6b60;}body{display:none", "is no colour"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_in_words(text, words):
    told = refused(CONSULT_COLOUR=text)
    assert told.startswith("CONSULT_COLOUR: ")
    assert words in told


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.gif", PNG, "no .svg or .png"),
        ("logo.png", SVG, "does not hold"),
        ("logo.svg", SVG + b" " * 3000, "at most 2048"),
        ("none.svg", None, "no .svg or .png"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused_in_words(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert words in refused(CONSULT_LOGO=str(tmp_path / name))


def test_the_pages_wear_them(database_url, database, tmp_path):
    file = tmp_path / "logo.svg"
    file.write_bytes(SVG)
    own = {"CONSULT_COLOUR": "#7a1f5c", "CONSULT_LOGO": str(file)}
    app = create_app(from_environment(environment(database_url) | own))
    page = app.test_client().get("/about")
    nonce = page.headers["Content-Security-Policy"].split("style-src 'self' 'nonce-")[1].split("'")
    assert f'<style nonce="{nonce[0]}">:root{{--main:#7a1f5c' in page.text
    assert f'src="data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"' in page.text
    app.extensions["consult_database"].engine.dispose()


def test_without_them_the_pages_are_ours(client):
    assert "<style" not in client.get("/about").text
