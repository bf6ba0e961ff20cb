"""Invented names: first names from short lists, second names put together from syllables."""

from dataclasses import dataclass
from random import Random

FRONT = ("Tallow", "Bracken", "Quill", "Fenny", "Winder", "Pebble", "Marl", "Thistle", "Osier")
BACK = ("mere", "wick", "combe", "thorpe", "holt", "sedge", "garth", "lowe", "brook")
OPEN = ("Ha", "Za", "Me", "Te", "Ki", "Do", "Be", "Sa", "Lu", "No")
MIDDLE = ("ra", "le", "mi", "sha", "no", "ba", "ri")
CLOSE = ("bo", "din", "wel", "nash", "ko", "tun", "rit")


@dataclass(frozen=True)
class Community:
    """A group of people with a language they speak, one they read, and first names."""

    speaks: str
    reads: str
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    weight: int
    interpreter: float = 0.7


ENGLISH = Community(
    "English",
    "English",
    ("Alfie", "Noah", "Kian", "Toby", "Leon", "Jayden", "Reece", "Callum", "Ezra", "Miles"),
    ("Mia", "Ruby", "Poppy", "Skye", "Zara", "Tilly", "Nia", "Freya", "Imani", "Hope"),
    0,
    interpreter=0.0,
)
ARRIVED = (
    Community("Tigrinya", "ti", ("Filmon", "Yonas", "Abel", "Natnael", "Merhawi", "Robel"),
              ("Selam", "Rahwa", "Feven"), 26),
    Community("Arabic (Sudan)", "ar", ("Ahmed", "Mustafa", "Omer", "Yasir", "Adam", "Khalid"),
              ("Amna", "Hiba", "Rania"), 32),
    Community("Pashto", "ps", ("Zmaray", "Gulab", "Wali", "Hamid"), ("Zarmina",), 14),
    Community("Dari", "fa-AF", ("Farhad", "Navid", "Jawad"), ("Parwana",), 8),
    Community("Kurdish Sorani", "ckb", ("Rebin", "Soran", "Karwan"), ("Shilan",), 8),
    Community("Albanian", "sq", ("Ardit", "Luan", "Besnik"), ("Drita",), 5, interpreter=0.4),
    Community("Vietnamese", "vi", ("Minh", "Duc", "Tuan"), ("Lan", "Mai"), 4),
    Community("Amharic", "am", ("Dawit", "Biniam"), ("Hanna",), 3),
)  # fmt: skip
OFFICERS = (
    "Marnie", "Tobias", "Priya", "Gwen", "Declan", "Yetunde", "Ruth", "Callista", "Hamish",
    "Noor", "Ines", "Silas",
)  # fmt: skip
GROWN = (
    "Jo",
    "Sam",
    "Pat",
    "Lee",
    "Kim",
    "Ash",
    "Robin",
    "Dana",
    "Chris",
    "Morgan",
    "Alex",
    "Fran",
)


def surname(random: Random) -> str:
    """A family name that nobody has."""
    return random.choice(FRONT) + random.choice(BACK)


def far_surname(random: Random) -> str:
    """A second name of three invented syllables."""
    return random.choice(OPEN) + random.choice(MIDDLE) + random.choice(CLOSE)


def arrived(random: Random) -> Community:
    """One of the communities that children come from alone, by its share."""
    return random.choices(ARRIVED, [each.weight for each in ARRIVED])[0]
