"""The day an article was published, from the ways records and pages write it. What may be two days is not guessed."""

import datetime as dt
import re

_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DIGITS = str.maketrans({chr(base + n): str(n) for base in (0x0660, 0x06F0) for n in range(10)})
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s_,])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[T\s,])")
_WORDS = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:(\d{1,2})\s+([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.?\s+(\d{1,2})),?\s+(\d{4})\b"
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?$|\d{12,13}$")


def published_day(value: object) -> dt.date | None:
    """The day of a date, a time, or a text or number that says one, as written, in its own time zone.

    None when it cannot be told for sure.

    >>> published_day("2015-11-01T22:10:00+03:00")
    datetime.date(2015, 11, 1)
    >>> published_day("04/03/2015") is None  # 4 March or 3 April
    True
    """
    if isinstance(value, dt.datetime):
        return _plausible(value.date())
    if isinstance(value, dt.date):
        return _plausible(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        value = str(value)
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.translate(_DIGITS).strip()
    for read in (_year_first, _compact, _year_last, _words, _epoch, _mail):
        found = read(text)
        if found is not None:
            return _plausible(found)
    return None


def _plausible(day: dt.date) -> dt.date | None:
    return day if 1900 <= day.year <= 2100 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _year_first(text: str) -> dt.date | None:
    found = _YEAR_FIRST.match(text)
    return _day(int(found[1]), int(found[3]), int(found[4])) if found else None


def _compact(text: str) -> dt.date | None:
    found = _COMPACT.match(text)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _year_last(text: str) -> dt.date | None:
    found = _YEAR_LAST.match(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first == second or second > 12:
        return _day(year, first, second)
    return _day(year, second, first) if first > 12 else None


def _words(text: str) -> dt.date | None:
    found = _WORDS.match(text)
    if not found:
        return None
    month = _MONTHS.get((found[2] or found[3])[:3].lower())
    return _day(int(found[5]), month, int(found[1] or found[4])) if month else None


def _epoch(text: str) -> dt.date | None:
    if not _EPOCH.match(text):
        return None
    seconds = float(text)
    return dt.datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, dt.UTC).date()


def _mail(text: str) -> dt.date | None:
    from email.utils import parsedate  # takes longer to import than all the rest

    try:
        found = parsedate(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return _day(*found[:3]) if found else None
