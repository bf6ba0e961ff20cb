"""Makes believable, untidy files for tests: every kind, every fault, in any size. All invented.

Run as a program to write one: `python -m tests.records.untidy ssda903_reviews 200000 out.csv`.
"""

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

# Reviews by code as an authority printed them for 2015/16.
SHARES = {"PN0": 159, "PN1": 857, "PN2": 19, "PN3": 14, "PN4": 7, "PN5": 28, "PN6": 106, "PN7": 45}
LANGUAGES = ("en-GB", "English", "Arabic", "ti", "Tigrinya", "", "Klingon")
ROLES = ("child", "parent", "carer", "mother", "foster carer", "neighbour's cat")
REVIEWS_PER_CHILD = 6
FAULT_SHARE = 10

HEADINGS = {
    "ssda903_reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "ssda903_header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "ssda903_uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "reviews": (
        "child_id", "review_id", "review_type", "due_date", "planned_date", "planned_time",
        "venue", "status", "iro_ref", "team", "area", "uasc", "care_leaver",
    ),
    "people": (
        "child_id", "person_ref", "role", "name", "mobile", "language_read", "language_spoken",
        "interpreter", "contact_ok", "pr",
    ),
    "forms_log": (
        "child_id", "review_date", "review_kind", "role", "sent", "received", "channel",
    ),
}  # fmt: skip


def child_id(number: int) -> str:
    """An id with a leading zero, as case systems write them."""
    return f"0{number:06d}"


def born_on(number: int) -> date:
    """The same child has the same date of birth in every file."""
    return date(2003, 1, 1) + timedelta(days=number * 37 % 5000)


def english(day: date) -> str:
    """A date as the return writes it."""
    return day.strftime("%d/%m/%Y")


def rows(kind: str, count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """`count` rows of a kind; about a tenth have a fault."""
    dice = random.Random(seed)
    makers = {
        "ssda903_reviews": _past_review,
        "ssda903_header": _header,
        "ssda903_uasc": _unaccompanied,
        "reviews": _review,
        "people": _person,
        "forms_log": _form,
    }
    for number in range(count):
        yield makers[kind](number, dice)


def write(path: Path, kind: str, count: int, seed: int = 1) -> Path:
    """Write such a file in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS[kind])
        writer.writerows(rows(kind, count, seed))
    return path


def _past_review(number: int, dice: random.Random) -> tuple[str, ...]:
    child, turn = divmod(number, REVIEWS_PER_CHILD)
    born = born_on(child)
    held = date(2020, 1, 1) + timedelta(days=turn * 170 + child % 150)
    codes = list(SHARES)
    code = dice.choices(codes[1:], list(SHARES.values())[1:])[0]
    code = "PN0" if (held - born).days < 4 * 365 else code
    row = (child_id(child), english(born), english(held), code)
    if dice.randrange(FAULT_SHARE):
        return row
    return dice.choice(
        [
            (row[0], row[1], "31/02/2024", code),
            (row[0], row[1], row[2], "PN9"),
            (row[0], row[1], row[2], ""),
            (row[0], row[1], "01/01/2099", code),
            (row[0], "not known", row[2], code),
            ("", row[1], row[2], code),
            (row[0], row[1], row[2], "PN1" if code == "PN0" else "PN0"),
            (*row, "one", "too many"),
        ]
    )


def _header(number: int, dice: random.Random) -> tuple[str, ...]:
    sex = dice.choice("12") if dice.randrange(FAULT_SHARE) else "X"
    return (child_id(number), sex, english(born_on(number)), "WBRI", "", "", "")


def _unaccompanied(number: int, dice: random.Random) -> tuple[str, ...]:
    until = "01/02/2030" if dice.randrange(FAULT_SHARE) else "never"
    return (child_id(number), "1", english(born_on(number)), until)


def _review(number: int, dice: random.Random) -> tuple[str, ...]:
    planned = date(2026, 1, 1) + timedelta(days=number % 400)
    fault = not dice.randrange(FAULT_SHARE)
    return (
        child_id(number // 2),
        "" if fault and dice.randrange(2) else f"R{number}",
        dice.choice(("first", "second", "subsequent", "pathway")),
        planned.isoformat(),
        "soon" if fault else f"{planned} 00:00:00",
        "14:30",
        "Room 3, The Annexe",
        "scheduled",
        f"IRO{number % 12}",
        f"Team {number % 7}",
        "North",
        dice.choice(("y", "n", "")),
        "n",
    )


def _person(number: int, dice: random.Random) -> tuple[str, ...]:
    return (
        child_id(number // 3),
        f"P{number}",
        dice.choice(ROLES),
        f"Invented Person {number}",
        dice.choice((f"07700 900{number % 1000:03d}", "020 7946 0000", "")),
        dice.choice(LANGUAGES),
        "",
        dice.choice(("y", "n")),
        dice.choice(("y", "y", "n: asked us not to", "perhaps")),
        dice.choice(("y", "n")),
    )


def _form(number: int, dice: random.Random) -> tuple[str, ...]:
    sent = date(2024, 1, 1) + timedelta(days=number % 300)
    back = dice.randrange(4) == 0
    return (
        child_id(number // 4),
        english(sent + timedelta(days=14)) if dice.randrange(FAULT_SHARE) else "tba",
        dice.choice(("cared_for", "pathway_plan")),
        dice.choice(("child", "parent", "carer", "health")),
        english(sent),
        english(sent + timedelta(days=7)) if back else "",
        "paper",
    )


if __name__ == "__main__":
    write(Path(sys.argv[3]), sys.argv[1], int(sys.argv[2]))
