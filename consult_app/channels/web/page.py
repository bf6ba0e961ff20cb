"""How a respondents' page is made: its language, its words, its template."""

from collections.abc import Callable
from functools import cache

from flask import Response, current_app, g, request, session

from consult_app import edge, language

Words = Callable[..., str]


@cache
def words_in(tag: str) -> Words:
    """The pages' words in one language; those without values are looked up once."""
    plain = cache(lambda key: language.words(f"pages.{key}", tag))

    def words(key: str, **values: object) -> str:
        return language.words(f"pages.{key}", tag, **values) if values else plain(key)

    return words


def wanted(otherwise: str | None = None) -> str:
    """The language this page is asked in: ?l=, else `otherwise`, else what the browser prefers."""
    asked = request.args.get("l", "")
    if language.is_offered(asked):
        return asked
    return (
        otherwise or session.get("l") or language.pick(request.headers.get("Accept-Language", ""))
    )


def page(template: str, tag: str | None = None, *, status: int = 200, **values: object) -> Response:
    """`template` in the language `tag`, or in the one that the reader seems to want."""
    here = language.get(tag or wanted())
    html = current_app.jinja_env.get_template(f"respondent/{template}").render(
        language=here,
        languages=language.languages(),
        w=words_in(here.tag),
        here=request.path,
        inside="visitor" in g,
        **values,
    )
    return Response(html, status=status, mimetype="text/html")


def closed() -> Response:
    """One page for a link or a visit that is unknown, mistyped, spent or over."""
    return page("closed.html", status=404, number=edge.settings().service_number)


def at_home(number: str) -> str:
    """A British number as it is written in Britain: 07700 900123."""
    return f"0{number[3:7]} {number[7:]}" if number.startswith("+44") else number
