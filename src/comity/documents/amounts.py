"""Amounts in running text: money, shares, counts, each with its bound."""

import re
from dataclasses import dataclass
from typing import Final

CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "a$": "AUD", "c$": "CAD", "£": "GBP", "€": "EUR", "¥": "JPY",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "dollar": "USD", "dollars": "USD", "euro": "EUR",
    "euros": "EUR", "yen": "JPY", "pound": "GBP", "pounds": "GBP", "yuan": "CNY", "won": "KRW",
    "rubles": "RUB", "roubles": "RUB", "rupees": "INR", "francs": "CHF", "zloty": "PLN",
}  # fmt: skip
SCALES: Final = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "mn": 1e6, "bn": 1e9,
    "tn": 1e12, "k": 1e3, "hundred": 1e2,
}  # fmt: skip
WORDS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_N: Final = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE: Final = r"(?:[\s-]?(?P<s>thousand|million|billion|trillion|mn|bn|tn|m|k)\b)?"
_MONEY: Final = re.compile(
    rf"(?P<c>US\$|A\$|C\$|[$£€¥]|\b(?:USD|EUR|GBP|JPY)\s?){_N}{_SCALE}"
    rf"|\b{_N.replace('<n>', '<n2>')}{_SCALE.replace('<s>', '<s2>')}\s+(?:US |U\.S\. )?"
    r"(?P<c2>dollars?|euros?|yen|pounds|yuan|won|rubles|roubles|rupees|francs|zloty)\b",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(rf"{_N}\s?(?:%|percent\b|per cent\b|percentage points?\b)", re.IGNORECASE)
_COUNT: Final = re.compile(
    rf"(?<![\w$£€¥.,-])(?:{_N}{_SCALE}|(?P<w>{'|'.join(WORDS)}))\s+(?P<u>(?:[a-z-]+\s){{0,2}}?[a-z-]+s)\b"
)
_BASE: Final = re.compile(
    r"^\s+(?:of|in)\s+(?:(?:its|their|the|our|a)\s+)?(?:[\w’']+\s){0,2}?"
    r"(GDP|GNP|GNI|gross domestic product)\b"
)
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
_ORDINALS: Final = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "tenth": 10}
_RANK: Final = re.compile(rf"\b(?P<o>{'|'.join(_ORDINALS)})[- ](?:largest|biggest|highest)\b", re.IGNORECASE)
UNITS: Final = (
    "troops", "soldiers", "missiles", "tanks", "aircraft", "jets", "drones", "shells", "launchers",
    "vehicles", "generators", "projects", "goals", "recruits", "ships", "vessels", "helicopters",
    "systems", "areas", "issues", "priorities", "battalions", "brigades", "refugees", "personnel",
    "officers", "tons", "tonnes", "rounds", "priority issues", "priority areas", "doses",
    "experts", "interceptors", "rockets", "megawatts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed, its unit, currency and bound."""

    start: int
    end: int
    quantity: float
    unit: str  # "money", "percent_of_gdp", "percent", or a noun
    currency: str = ""
    bound: str = "exact"


def find_amounts(text: str) -> list[Amount]:
    """Find money, shares and counted things, in the order of the text."""
    found: list[Amount] = []
    for match in _MONEY.finditer(text):
        number = match.group("n") or match.group("n2")
        scale = (match.group("s") or match.group("s2") or "").lower()
        currency = (match.group("c") or match.group("c2")).strip().lower()
        found.append(_amount(text, match, _value(number, scale), "money", CURRENCIES[currency]))
    for match in _SHARE.finditer(text):
        base = _BASE.match(text[match.end() : match.end() + 60])
        end = match.end() + (base.end() if base else 0)
        share = "percent_of_gdp" if base else _change(text, match)
        found.append(_amount(text, match, _value(match.group("n"), ""), share, "", end))
    taken = [(one.start, one.end) for one in found]
    for match in _COUNT.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        unit = match.group("u").lower()
        last = unit.split()[-1]
        if unit in UNITS or last in UNITS:
            number = match.group("n")
            value = (
                _value(number, (match.group("s") or "").lower())
                if number
                else WORDS[match.group("w").lower()]
            )
            found.append(_amount(text, match, value, (unit if unit in UNITS else last).replace(" ", "_"), ""))
    for match in _RANK.finditer(text):
        found.append(
            Amount(match.start(), match.end(), float(_ORDINALS[match.group("o").lower()]), "world_rank")
        )
    return sorted(found, key=lambda one: one.start)


def _change(text: str, match: re.Match[str]) -> str:
    near = text[max(0, match.start() - 40) : match.end() + 30].lower()
    if re.search(r"increase|rise|raise|growth|boost", near):
        return "percent_increase"
    if re.search(r"decrease|cut|reduc|fall|drop|lower", near):
        return "percent_decrease"
    return "percent"


def _amount(text: str, match: re.Match[str], value: float, unit: str, currency: str, end: int = 0) -> Amount:
    before = text[max(0, match.start() - 24) : match.start()]
    bound = "exact"
    for name, pattern in (("at_least", _LOWER), ("at_most", _UPPER), ("about", _ABOUT)):
        if pattern.search(before):
            bound = name
    return Amount(match.start(), end or match.end(), value, unit, currency, bound)


def _value(number: str, scale: str) -> float:
    value = float(number.replace(",", "")) * SCALES.get(scale, 1.0)
    return round(value, 6)
