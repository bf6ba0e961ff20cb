"""The invented authority is believable, and the same for the same seed and day."""

import csv
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from consult_app import workdays
from consult_app.demo import files
from consult_app.demo.invent import invent
from consult_app.models.kinds import Role
from consult_app.records.files import open_file
from consult_app.reviewing.timetable import add_months, age_on

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def world():
    """The authority of the demo as it stands on one day."""
    return invent(7, 400, TODAY)


def test_the_same_seed_and_day_give_the_same_authority(world):
    assert invent(7, 400, TODAY) == world
    assert invent(8, 400, TODAY) != world


def test_four_hundred_children_a_quarter_alone_and_twelve_officers(world):
    assert len(world.kids) == 400
    assert sum(kid.unaccompanied for kid in world.kids) == 100
    assert len({officer.email for officer in world.officers}) == 12
    assert len({kid.reference for kid in world.kids}) == 400


def test_fourteen_months_of_reviews_and_the_next_of_everyone(world):
    held = [sitting.day for sitting in world.sittings if sitting.held]
    to_come = Counter(s.kid.reference for s in world.sittings if not s.held)
    assert add_months(TODAY, -14) <= min(held) <= add_months(TODAY, -13)
    assert TODAY - timedelta(days=7) < max(held) < TODAY
    assert set(to_come.values()) == {1}
    assert len(to_come) == 400
    soon = workdays.after(TODAY, 15)
    assert 40 < sum(s.day <= soon for s in world.sittings if not s.held) < 110


def test_reviews_are_on_working_days_after_birth_and_mostly_on_time(world):
    assert all(sitting.day in (workdays.after(sitting.day - timedelta(days=1), 1),)
               for sitting in world.sittings)  # fmt: skip
    assert all(sitting.day > sitting.kid.born_on for sitting in world.sittings)
    late = sum(s.day > s.due_on for s in world.sittings if s.held)
    assert 0.04 < late / sum(s.held for s in world.sittings) < 0.15


@pytest.mark.parametrize("seed", range(5))
def test_who_is_under_four_has_code_zero_and_nobody_else(seed):
    for sitting in invent(seed, 80, TODAY).sittings:
        if sitting.code:
            young = age_on(sitting.kid.born_on, sitting.day) < 4
            assert (sitting.code == "PN0") is young


def test_some_forms_come_back_late_and_most_never(world):
    back = [form for form in world.forms if form.received_on]
    late = [form for form in back if form.received_on > form.sitting.day]
    assert 0.2 < len(back) / len(world.forms) < 0.45
    assert 0.05 < len(late) / len(back) < 0.2
    assert all(form.sent_on <= form.received_on <= TODAY for form in back)


def test_numbers_are_from_the_range_for_drama_and_nobodys_twice(world):
    numbers = list(world.mobiles.values())
    assert len(numbers) == len(set(numbers)) > 500
    assert all(re.fullmatch(r"07700 900\d{3}", number) for number in numbers)


def test_brothers_and_sisters_share_carers_and_houses_a_worker(world):
    cared_for = Counter(
        tie.person.reference for kid in world.kids for tie in kid.ties if tie.role is Role.CARER
    )
    assert sum(count > 1 for count in cared_for.values()) > 30


def test_a_few_nurses_and_teachers_know_most_of_them(world):
    known = Counter((tie.role, tie.person.reference) for kid in world.kids for tie in kid.ties)
    for role, people, least in ((Role.HEALTH, 6, 200), (Role.EDUCATION, 30, 200)):
        counts = [count for (known_as, _), count in known.items() if known_as is role]
        assert len(counts) <= people
        assert sum(counts) > least
    assert 10 < sum(kid.communication_needs for kid in world.kids) < 50


def test_the_languages_of_those_who_came_alone(world):
    reads = Counter(kid.ties[0].person.reads for kid in world.kids if kid.unaccompanied)
    assert reads["ti"] > 12
    assert reads["ar"] > 18
    assert len(reads) > 5


def test_every_file_is_known_by_its_columns(world, tmp_path):
    paths = files.write(world, tmp_path)
    for path in paths:
        assert open_file(path).kind.value == path.stem
        with path.open(encoding="utf-8") as file:
            assert sum(1 for _ in csv.reader(file)) > 90
