"""The people whom the figures need: children with links, carers with numbers."""

from dataclasses import dataclass

from consult_app import clock, migrating
from consult_app.actions.doors.links import new_link
from consult_app.db import Database
from consult_app.models.kinds import Role
from tests import factories
from tests.bench.line import Base

NUMBERS = 1000
"""All there are in the range for drama."""


@dataclass(frozen=True)
class World:
    """Links not yet opened, and numbers whose carers have been asked."""

    links: list[str]
    numbers: list[str]


def build(database: Database, links: int) -> World:
    """Tables, `links` children with a link each, and a carer behind every number."""
    migrating.upgrade(database)
    Base.metadata.create_all(database.engine)
    with database.transaction() as session:
        children = [factories.make_consultation(session) for _ in range(links)]
        tokens = [new_link(session, child, clock.now(), 30) for child in children]
        numbers = [factories.mobile(number) for number in range(NUMBERS)]
        for number in numbers:
            person = factories.make_person(session, mobile=number)
            factories.make_consultation(session, role=Role.CARER, person=person)
    return World(tokens, numbers)
