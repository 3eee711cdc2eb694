"""Calendar arithmetic: days, months and years as spans of dates; Hijri by Umm al-Qura."""

import calendar
import datetime as dt
from functools import lru_cache

Days = tuple[dt.date, dt.date]


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day, or None when the month has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def from_hijri(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a Hijri one, None when the calendar (1343 to 1500 AH) does not hold it."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
        return dt.date(found.year, found.month, found.day)
    except (ValueError, OverflowError):
        return None


def to_hijri_year(day: dt.date) -> int:
    """The Hijri year a Gregorian day falls in, within one year."""
    return int((day.year - 622) * 33 / 32 + day.timetuple().tm_yday / 365.25) + 1


def hijri_years(year: int) -> tuple[int, ...]:
    """The Hijri years that a Gregorian year touches."""
    first = to_hijri_year(dt.date(year, 1, 1))
    return first - 1, first, first + 1, first + 2


def month_of(year: int, month: int, kind: str = "gregorian") -> Days | None:
    """First and last day of a month of either calendar."""
    if kind == "hijri":
        start = from_hijri(year, month, 1)
        end = from_hijri(year + month // 12, month % 12 + 1, 1)
        return (start, end - dt.timedelta(1)) if start and end else None
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int, kind: str = "gregorian") -> Days | None:
    """First and last day of a year of either calendar."""
    if kind == "hijri":
        start, end = from_hijri(year, 1, 1), month_of(year, 12, "hijri")
        return (start, end[1]) if start and end else None
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if 1 <= year <= 9999 else None


def months_back(day: dt.date, months: int) -> Days | None:
    """The calendar month that lies so many months before a day's."""
    count = day.year * 12 + day.month - 1 - months
    return month_of(count // 12, count % 12 + 1)


def back(day: dt.date, amount: int, unit: str) -> dt.date | None:
    """The day that lies an amount of time before a day; hours count as whole days."""
    days = {"hour": max(1, -(-amount // 24)), "day": amount, "week": 7 * amount}.get(unit)
    if days is not None:
        return day - dt.timedelta(days)
    months = months_back(day, amount if unit == "month" else 12 * amount)
    return months[0].replace(day=min(day.day, months[1].day)) if months else None


def part_of(days: Days, position: str) -> Days:
    """The start, middle or end of a month (ten days each) or of a year (four months each)."""
    start, end = days
    if (end - start).days > 300:
        cuts = {"start": (1, 4), "middle": (5, 8), "end": (9, 12)}[position]
        return dt.date(start.year, cuts[0], 1), dt.date(
            start.year, cuts[1], calendar.monthrange(start.year, cuts[1])[1]
        )
    if (end - start).days < 20:
        return days
    low = start + dt.timedelta({"start": 0, "middle": 10, "end": 20}[position])
    return low, end if position == "end" else low + dt.timedelta(9)


def precision_of(days: Days) -> int:
    """UCDP's date_prec of a span: 1 a day, 2 up to six, 3 a week, 4 a month, 5 longer."""
    length = (days[1] - days[0]).days + 1
    return next((code for limit, code in ((1, 1), (6, 2), (7, 3), (31, 4)) if length <= limit), 5)
