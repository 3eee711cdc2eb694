"""Numbers written in digits, as the tokenizer gives them: "3,000", "2.5", "10-15", "27/11/2024", "10:30"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

DigitsKind = Literal["number", "range", "date", "time"]
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,،])\d{3})(?:\1\d{3})*(?:[.,،]\d{1,2})?")
DECIMAL = re.compile(r"\d+[.,،]\d+")
RANGE = re.compile(r"(\d+)-(\d+)")
FRACTION = re.compile(r"(\d+)/(\d+)")
LONGEST = 15  # digits: beyond this a figure is a telephone number or an identifier, and no float holds it


@dataclass(frozen=True, slots=True)
class Digits:
    """What a token of digits says; `plain` marks digits alone, without any separator."""

    kind: DigitsKind
    low: float
    high: float
    plain: bool = False


@lru_cache(maxsize=65536)
def read_digits(token: str) -> Digits | None:
    """The value of a token that begins with a digit; None when it is no number.

    A separator before exactly three digits marks thousands, otherwise decimals; a slash a fraction or a date.

    >>> read_digits("270.000").low, read_digits("2،5").low, read_digits("10-15").high
    (270000, 2.5, 15)
    """
    if not token.isdigit() and not token[:1].isdigit():
        return None
    if sum(c.isdigit() for c in token) > LONGEST:
        return None
    if token.isdigit():
        value = int(token)
        return Digits("number", value, value, plain=True)
    if GROUPED.fullmatch(token):
        return _point(_grouped(token))
    if DECIMAL.fullmatch(token):
        return _point(float(re.sub("[,،]", ".", token)))
    return _separated(token)


def _point(value: float) -> Digits:
    whole = int(value) if value == int(value) else value
    return Digits("number", whole, whole)


def _grouped(token: str) -> float:
    parts = re.split("[.,،]", token)
    if len(parts[-1]) == 3:
        return float("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])


def _separated(token: str) -> Digits:
    """Ranges, fractions, dates and times; of a date or a time only the first figure is kept."""
    found = RANGE.fullmatch(token)
    if found:
        low, high = int(found[1]), int(found[2])
        return Digits("range", low, high) if low < high else Digits("date", low, low)
    found = FRACTION.fullmatch(token)
    if found and int(found[2]):
        value = int(found[1]) / int(found[2])
        return Digits("date", value, value)
    first = int(re.split(r"\D", token, maxsplit=1)[0])
    return Digits("time" if ":" in token else "date", first, first)
