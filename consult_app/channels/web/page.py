"""How a respondents' page is made: its language, its words, its template."""

from collections.abc import Callable, MutableMapping
from functools import cache

from flask import Response, current_app, g, request, session
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf

from consult_app import edge, language
from consult_app.channels.web.headers import csp_nonce

Words = Callable[..., str]

MARKS = {mark: f"[[[{mark}]]]" for mark in ("nonce", "main", "token", "here")}
"""Where a frame takes what differs from request to request."""


@cache
def words_in(tag: str, space: str = "pages") -> Words:
    """The words of a namespace in one language; those without values are looked up once."""
    plain = cache(lambda key: language.words(f"{space}.{key}", tag))

    def words(key: str, **values: object) -> str:
        return language.words(f"{space}.{key}", tag, **values) if values else plain(key)

    return words


def wanted(otherwise: str | None = None) -> str:
    """The language this page is asked in: ?l=, else `otherwise`, else what the browser prefers."""
    asked = request.args.get("l", "")
    if language.is_offered(asked):
        return asked
    return (
        otherwise or session.get("l") or language.pick(request.headers.get("Accept-Language", ""))
    )


@cache
def _frame(tag: str, inside: bool, switch: str, worn: tuple[str, str]) -> tuple[str, str]:
    """What stands before and after a page's own part, the same for everyone in one language.

    `switch` says how the language is changed: with the form of that id, by open links, or not;
    `worn` are the authority's own colours and logo.
    """
    html = render("layout.html", tag, inside=inside, switch=switch, worn=worn, marks=MARKS)
    before, _, after = html.partition(MARKS["main"])
    return before, after


class Templates(Environment):
    """Flask's templates; one that has no names of its own takes everybody's as they are.

    Chained in front of an empty mapping, they would be looked through anew for every page.
    """

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """What a template knows without being told."""
        return super().make_globals(d) if d else dict(self.globals)


def render(template: str, tag: str, **values: object) -> str:
    """A template in one language, without what surrounds it."""
    spoken = {"w": words_in(tag), **{space: words_in(tag, space) for space in ("later", "public")}}
    return current_app.jinja_env.get_template(f"respondent/{template}").render(
        language=language.get(tag), languages=language.languages(), **spoken, **values
    )


def page(
    template: str, tag: str | None = None, *, status: int = 200, switch: str = "", **values: object
) -> Response:
    """`template` in the language `tag`, or in the one that the reader seems to want."""
    tag, inside = language.get(tag or wanted()).tag, "visitor" in g
    own = render(template, tag, **values)
    worn = edge.settings().style, edge.settings().logo
    before, after = _frame(tag, inside, switch or ("languages" if inside else "open"), worn)
    if MARKS["token"] in after:
        after = after.replace(MARKS["token"], generate_csrf()).replace(MARKS["here"], request.path)
    html = before.replace(MARKS["nonce"], csp_nonce()) + own + after
    return Response(html, status=status, mimetype="text/html")


def bare(template: str) -> Response:
    """`template` alone, without the frame."""
    return Response(render(template, wanted()), mimetype="text/html")


def closed() -> Response:
    """One page for a link or a visit that is unknown, mistyped, spent or over."""
    return page("closed.html", status=404, number=edge.settings().service_number)


def at_home(number: str) -> str:
    """A British number as it is written in Britain: 07700 900123."""
    return f"0{number[3:7]} {number[7:]}" if number.startswith("+44") else number
