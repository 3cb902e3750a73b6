"""Amounts in running text: money, shares, counts, each with its bound, a share with what it is a share of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from comity.documents.lexicon import Lexicon, load_lexicon

_LOWER: Final = re.compile(
    r"(?:more than|over|at least|upwards of|in excess of|no less than|exceed(?:ing|s|ed)?)\s+(?:an?\s+)?$",
    re.I,
)
_UPPER: Final = re.compile(
    r"(?:up to|at most|no more than|less than|under|below|fewer than|as many as)\s+(?:an?\s+)?$", re.I
)
_ABOUT: Final = re.compile(
    r"(?:about|around|roughly|some|approximately|nearly|almost|close to|an estimated)\s+(?:an?\s+)?$", re.I
)
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_DIGIT: Final = re.compile(r"\d")
_BEFORE: Final = 24  # characters in which a bound stands
_AFTER: Final = 80  # characters in which the denominator of a share stands


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed, its unit, currency and bound.

    Parameters
    ----------
    unit : "money", "percent", "percent_of_gdp", "percent_increase", "percent_decrease", "world_rank", a noun
    denominator : what a share is a share of, "gdp" or a noun; empty where the text does not say
    """

    start: int
    end: int
    quantity: float
    unit: str
    currency: str = ""
    bound: str = "exact"
    denominator: str = ""


@dataclass(frozen=True)
class AmountReader:
    """Finds amounts by the word lists."""

    words: Mapping[str, Mapping[str, str]]  # kind -> word -> value

    def find(self, text: str) -> list[Amount]:
        """Find money, shares and counted things, in the order of the text."""
        found = [*self._money(text), *self._shares(text)] if _DIGIT.search(text) else []
        taken = [(one.start, one.end) for one in found]
        found += [
            one for one in self._counts(text) if not any(a < one.end and one.start < b for a, b in taken)
        ]
        return sorted([*found, *self._ranks(text)], key=lambda one: one.start)

    def _money(self, text: str) -> list[Amount]:
        found = []
        for match in self._money_form.finditer(text):
            number, scale = match.group("n") or match.group("n2"), match.group("s") or match.group("s2")
            sign = (match.group("c") or match.group("c2")).strip().lower()
            quantity = self._value(number, scale)
            found.append(_amount(text, match, quantity, "money", self.words["currency"][sign]))
        return found

    def _shares(self, text: str) -> list[Amount]:
        found: list[Amount] = []
        if "%" not in text and "per" not in text.casefold():
            return found
        for match in self._share_form.finditer(text):
            base = self._base_form.match(text[match.end() : match.end() + _AFTER])
            of = self.words["denominator"][base.group("b").lower()] if base else ""
            unit = "percent_of_gdp" if of == "gdp" else _change(text, match)
            end = match.end() + (base.end() if base else 0)
            found.append(_amount(text, match, self._value(match.group("n"), ""), unit, "", end, of))
        return found

    def _counts(self, text: str) -> list[Amount]:
        found, units = [], self.words["unit"]
        for match in self._count_form.finditer(text):
            if not match.group("u").islower() and _YEAR.fullmatch(match.group("n") or ""):
                continue  # "in 2014 Russian troops"
            unit = match.group("u").lower()
            last = unit.split()[-1]
            if unit in units or last in units:
                word = match.group("w")
                value = (
                    float(self.words["number"][word.lower()])
                    if word
                    else self._value(match.group("n"), match.group("s"))
                )
                named = (unit if unit in units else last).replace(" ", "_")
                found.append(_amount(text, match, value, named, ""))
        return found

    def _ranks(self, text: str) -> list[Amount]:
        if "est" not in text.casefold():
            return []
        return [
            Amount(
                match.start(),
                match.end(),
                float(self.words["ordinal"][match.group("o").lower()]),
                "world_rank",
            )
            for match in self._rank_form.finditer(text)
        ]

    def _value(self, number: str, scale: str | None) -> float:
        times = float(self.words["scale"].get((scale or "").lower(), 1.0))
        return round(float(number.replace(",", "")) * times, 6)

    # forms

    @cached_property
    def _number(self) -> str:
        return r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"

    @cached_property
    def _scale(self) -> str:
        return rf"(?:[\s-]?(?P<s>{_any(self.words['scale'])})\b)?"

    @cached_property
    def _money_form(self) -> re.Pattern[str]:
        names = self.words["currency"]
        signs = _any(one for one in names if not one.isalpha())
        codes = _any({code.lower() for code in names.values()})
        words = _any(one for one in names if one.isalpha() and one.upper() not in set(names.values()))
        second = self._number.replace("<n>", "<n2>") + self._scale.replace("<s>", "<s2>")
        return re.compile(
            rf"(?P<c>{signs}|\b(?:{codes})\s?){self._number}{self._scale}"
            rf"|\b{second}\s+(?:US |U\.S\. )?(?P<c2>{words})\b",
            re.IGNORECASE,
        )

    @cached_property
    def _share_form(self) -> re.Pattern[str]:
        return re.compile(rf"{self._number}\s?(?:%|percent\b|per cent\b|percentage points?\b)", re.IGNORECASE)

    @cached_property
    def _base_form(self) -> re.Pattern[str]:
        return re.compile(
            r"^\s+(?:of|in)\s+(?:(?:its|their|the|our|a|all)\s+)?(?:[\w’']+\s){0,2}?"
            rf"(?P<b>{_any(self.words['denominator'])})\b",
            re.IGNORECASE,
        )

    @cached_property
    def _count_form(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\w$£€¥.,-])(?:{self._number}{self._scale}|(?P<w>{_any(self.words['number'])}))"
            r"\s+(?P<u>(?:[A-Za-z][\w-]*\s){0,2}?[a-z-]+s)\b"
        )

    @cached_property
    def _rank_form(self) -> re.Pattern[str]:
        return re.compile(
            rf"\b(?P<o>{_any(self.words['ordinal'])})[- ](?:largest|biggest|highest)\b", re.IGNORECASE
        )


def find_amounts(text: str, lexicon: Lexicon | None = None) -> list[Amount]:
    """Find money, shares and counted things, in the order of the text."""
    return AmountReader((lexicon or load_lexicon()).amounts).find(text)


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(re.escape(one) for one in sorted(words, key=lambda one: (-len(one), one)))


def _change(text: str, match: re.Match[str]) -> str:
    near = text[max(0, match.start() - 40) : match.end() + 30].lower()
    if re.search(r"increase|rise|raise|growth|boost", near):
        return "percent_increase"
    if re.search(r"decrease|cut|reduc|fall|drop|lower", near):
        return "percent_decrease"
    return "percent"


def _amount(
    text: str,
    match: re.Match[str],
    value: float,
    unit: str,
    currency: str,
    end: int = 0,
    of: str = "",
) -> Amount:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    bound = "exact"
    for name, pattern in (("at_least", _LOWER), ("at_most", _UPPER), ("about", _ABOUT)):
        if pattern.search(before):
            bound = name
    return Amount(match.start(), end or match.end(), value, unit, currency, bound, of)
