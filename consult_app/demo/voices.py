"""What an invented respondent answers to a question: mostly all right, now and then not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml

from consult_app import clock, language
from consult_app.conversation.form import Kind, Question, Value

SAID = Path(__file__).parent / "said.yaml"
ALONE = frozenset({"fine", "none", "nobody", "only_iro", "clear", "dont_mind"})
"""Options that stand by themselves."""

WEIGHTS: Mapping[Kind, tuple[int, ...]] = {
    Kind.FACES3: (58, 35, 7),
    Kind.FACES5: (30, 36, 20, 9, 5),
    Kind.SCALE: (1, 1, 2, 3, 5, 8, 13, 19, 22, 15, 11),
    Kind.YES_NO: (62, 26, 12),
    Kind.YES_PARTLY_NO: (55, 30, 15),
}
WORRYING_SHARE, ASKING_SHARE = 0.045, 0.2
SILENT_SHARE, SILENT_ABOUT_WORRY = 0.35, 0.9
NOBODY_HELPS, INVOLVED = 0.75, 0.85


@cache
def _said() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    said: dict[str, dict[str, dict[str, list[str]]]]
    said = yaml.load(SAID.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return said


@dataclass(frozen=True)
class Speaker:
    """One invented respondent: how they are spoken to, their language, and their own chance."""

    voice: str
    language: str
    random: Random

    def answer(self, question: Question) -> Value:
        """What they say; None when they leave it out."""
        if question.kind is Kind.TEXT:
            return self._write(question)
        if question.kind is Kind.DATE:
            return (clock.today() + timedelta(days=self.random.randint(5, 60))).isoformat()
        if question.required:
            return self._must(question)
        if self.random.random() < 0.04:
            return None
        return self._choose(question)

    def as_text(self, question: Question) -> str:
        """The same as one would type it: numbers for choices, words for the rest."""
        value = self.answer(question)
        if value is None:
            return (language.listed("replies.skip", self.language) or ("skip",))[0]
        if question.kind in (Kind.TEXT, Kind.DATE) or not question.is_chosen:
            return str(value)
        if question.kind is Kind.SCALE:
            return self._digits(str(value))
        codes = value if isinstance(value, tuple) else (value,)
        return " ".join(self._digits(str(question.options.index(code) + 1)) for code in codes)

    def _must(self, question: Question) -> Value:
        """What cannot be left out: who is writing, or whether they have a part in it."""
        sure, usual = {"me": NOBODY_HELPS, "yes": INVOLVED}, question.options[0]
        if usual not in sure or self.random.random() < sure[usual]:
            return usual
        return question.options[1]

    def _digits(self, number: str) -> str:
        """Digits as the keyboard of their language gives them."""
        arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
        return number.translate(arabic) if self.language == "ar" else number

    def _write(self, question: Question) -> Value:
        worry = bool(question.concern)
        quiet = SILENT_ABOUT_WORRY if worry else SILENT_SHARE
        spoken = _said()[self.voice]
        texts = spoken.get(self.language) or spoken[language.ENGLISH]
        if self.random.random() < quiet:
            return None
        if question.id in texts:
            return self.random.choice(texts[question.id])
        return None if worry or self.random.random() < 0.6 else self.random.choice(texts["any"])

    def _choose(self, question: Question) -> Value:
        options = self._open_to(question)
        if question.kind is Kind.MANY:
            return self._several(question, options)
        weights = WEIGHTS.get(question.kind)
        if weights is None:
            return self.random.choice(options)
        kept = [weights[question.options.index(option)] for option in options]
        return self.random.choices(options, kept)[0]

    def _open_to(self, question: Question) -> list[str]:
        """The options this time: those that worry or ask for something only now and then."""
        chance = self.random.random()
        if question.concern and chance < WORRYING_SHARE:
            return [o for o in question.options if o in question.concern]
        unusual = set(question.concern)
        if chance > ASKING_SHARE:
            unusual |= set(question.request)
        return [o for o in question.options if o not in unusual] or list(question.options)

    def _several(self, question: Question, options: list[str]) -> Value:
        first = self.random.choice(options)
        if first in ALONE:
            return (first,)
        others = [o for o in options if o not in ALONE]
        chosen = {
            first,
            *self.random.sample(others, k=min(len(others), self.random.choice((0, 1)))),
        }
        return tuple(option for option in question.options if option in chosen)
