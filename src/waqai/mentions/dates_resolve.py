"""Setting dates as written against the article's day."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from waqai.mentions.dates_calendar import (
    Days,
    back,
    day_of,
    from_hijri,
    hijri_years,
    month_of,
    months_back,
    part_of,
    precision_of,
    to_hijri_year,
    year_of,
)
from waqai.mentions.dates_written import Written
from waqai.model.mention import DateBasis, DateRange
from waqai.model.quick import quick, replace

AHEAD = 60  # days after the article's day that a date without a year may lie, when the text looks forward
NEAR = 45  # days before it within which a wrong weekday does not move a date to another year
FEW = 12  # readings to list of a date that stays open
BACK = 30  # years to look back for a fitting weekday
OPEN: dict[str, int] = {"hour": 2, "day": 3, "week": 4, "month": 5, "year": 5}
DAY = dt.timedelta(1)


@dataclass(slots=True)
class Setting:
    """What dates of one article are set against; `last` and `start` change as the text is read.

    `anchor` is the article's day or None; `years` those it may belong to when it is None; `start` the first day of
    the operation the text tells of; `last` the last single day read.
    """

    anchor: dt.date | None
    years: tuple[int, ...] = ()
    forward: bool = False
    start: dt.date | None = None
    last: dt.date | None = None


@quick
@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its rule and the readings that lost."""

    value: DateRange
    rule: str
    considered: tuple[str, ...] = field(default=())


def resolve(w: Written, setting: Setting) -> Resolved | None:
    """The value of a date as written; None when no calendar holds it (30 February)."""
    found = RESOLVERS[w.kind](w, setting)
    if found is None:
        return None
    value = found.value
    if w.since and value.start and w.kind != "ago":
        end = setting.anchor if setting.anchor and setting.anchor >= value.start else None
        days = (value.start, end or value.start)
        precision = precision_of(days) if end else value.precision
        return Resolved(
            replace(value, start=days[0], end=days[1], precision=precision), f"{found.rule}-since", found.considered
        )
    return found


def _made(w: Written, days: Days | None, rule: str, basis: DateBasis, precision: int = 0) -> Resolved:
    if days is None:
        return Resolved(DateRange(None, None, precision or 1, basis, w.time), rule)
    return Resolved(DateRange(days[0], days[1], precision or precision_of(days), basis, w.time), rule)


def days_in_year(w: Written, year: int) -> Days | None:
    """The day or days as written, in one year of their calendar."""
    if w.calendar == "hijri" and year > 1500:
        found = (days_in_year(w, lunar) for lunar in hijri_years(year))
        return next((days for days in found if days and days[0].year == year), None)
    make = from_hijri if w.calendar == "hijri" else day_of
    start = make(year, w.month, w.day)
    end = make(year, w.month2 or w.month, w.day2) if w.day2 else start
    if start and end and end < start:
        end = make(year + 1, w.month2 or w.month, w.day2)
    return (start, end) if start and end and end >= start else None


def fits_weekday(w: Written, days: Days | None) -> bool:
    """Whether the weekday as written is that of the day."""
    return days is not None and (w.weekday is None or days[0].weekday() == w.weekday)


def latest(w: Written, anchor: dt.date, ahead: int = 1) -> Days | None:
    """The last such day that does not lie after the anchor; a weekday decides the year, unless the day is near."""
    limit = anchor + dt.timedelta(ahead)
    this = to_hijri_year(anchor) + 1 if w.calendar == "hijri" else limit.year
    days = [found for year in range(this, this - BACK, -1) if (found := days_in_year(w, year)) and found[0] <= limit]
    if not days:
        return None
    if (anchor - days[0][0]).days <= NEAR:
        return days[0]
    return next((found for found in days if fits_weekday(w, found)), days[0])


def _day(w: Written, s: Setting) -> Resolved | None:
    if w.days is not None and s.anchor and not w.year:
        near = latest(w, s.anchor + dt.timedelta(max(w.days, 0)), 3)
        return _made(w, near, "date.day", "stated") if near else None
    if w.year:
        days = days_in_year(w, w.year)
        return _made(w, days, "date.full", "stated") if days else None
    if s.anchor is None:
        return _open_day(w, s)
    if w.shift is not None:
        year = s.anchor.year + w.shift if w.calendar == "gregorian" else to_hijri_year(s.anchor) + w.shift
        days = days_in_year(w, year)
    elif s.forward:
        days = days_in_year(w, s.anchor.year)
    else:
        days = latest(w, s.anchor, AHEAD if w.direction == "next" else 1)
    return _made(w, days, "date.day", "stated") if days else None


def _open_day(w: Written, s: Setting) -> Resolved | None:
    if w.calendar == "hijri":
        return _made(w, None, "date.day-open", "stated")
    fitting = [days for year in s.years if fits_weekday(w, days := days_in_year(w, year)) and days]
    if not fitting:
        possible = any(days_in_year(w, year) for year in (2000, 2001))
        return _made(w, None, "date.day-open", "stated") if possible else None
    if len(fitting) == 1 and not w.direction and w.shift is None:
        return _made(w, fitting[0], "date.day-only-year", "stated")
    return replace(_made(w, None, "date.day-open", "stated"), considered=tuple(str(days[0]) for days in fitting[:FEW]))


def _day_of_month(w: Written, s: Setting) -> Resolved | None:
    months = months_back(s.anchor, {"last": 1, "this": 0, "next": -1}[w.direction]) if s.anchor else None
    if months is None:
        return _made(w, None, "date.day-of-month", "relative")
    start = day_of(months[0].year, months[0].month, w.day)
    end = day_of(months[0].year, months[0].month, w.day2 or w.day)
    return _made(w, (start, end), "date.day-of-month", "relative") if start and end else None


def _month(w: Written, s: Setting) -> Resolved | None:
    kind = w.calendar
    months: Days | None = None
    if w.year and kind == "hijri" and w.year > 1500:
        months = next(
            (m for y in hijri_years(w.year) if (m := month_of(y, w.month, kind)) and m[0].year == w.year), None
        )
    elif w.year:
        months = month_of(w.year, w.month, kind)
    elif s.anchor:
        this = s.anchor.year if kind == "gregorian" else to_hijri_year(s.anchor) + 1
        if w.shift is not None:
            months = month_of(this + w.shift - (kind == "hijri"), w.month, kind)
        elif s.forward or w.direction == "next":
            months = _coming_month(w, s.anchor, this)
        else:
            before = w.direction == "last" and kind == "gregorian"
            limit = s.anchor.replace(day=1) - DAY if before else s.anchor
            found_months = (month_of(year, w.month, kind) for year in range(this, this - 4, -1))
            months = next((found for found in found_months if found and found[0] <= limit), None)
    if months is None:
        return _made(w, None, "date.month-open", "stated", 4)
    if w.month2 and (after := month_of(months[0].year + (w.month2 < w.month), w.month2, kind)):
        months = months[0], after[1]
    days = part_of(months, w.position) if w.position else months
    return _made(w, days, "date.month", "stated", 4)


def _coming_month(w: Written, anchor: dt.date, this: int) -> Days | None:
    years = range(this - 1, this + 3)
    return next((m for y in years if (m := month_of(y, w.month, w.calendar)) and m[1] >= anchor), None)


def _year(w: Written, s: Setting) -> Resolved | None:
    days = year_of(w.year, w.calendar)
    last = year_of(w.year2, w.calendar) if w.year2 else days
    if days is None or last is None or last[1] < days[0]:
        return None
    spread = (days[0], last[1])
    return _made(w, part_of(spread, w.position) if w.position and not w.year2 else spread, "date.year", "stated", 5)


def _weekday(w: Written, s: Setting) -> Resolved | None:
    if s.anchor is None or w.weekday is None:
        return _made(w, None, "date.weekday-open", "relative")
    if w.unit == "week":
        monday = s.anchor - dt.timedelta(s.anchor.weekday()) + dt.timedelta(7 * _steps(w.direction))
        start = monday + dt.timedelta(w.weekday)
    elif w.direction == "next" or (s.forward and not w.direction):
        start = s.anchor + dt.timedelta((w.weekday - s.anchor.weekday() - 1) % 7 + 1)
    else:
        start = s.anchor - dt.timedelta((s.anchor.weekday() - w.weekday) % 7)
        if w.direction == "last" and start == s.anchor:
            start -= 7 * DAY
    end = start
    if w.weekday2 is not None:
        end = start + dt.timedelta((w.weekday2 - w.weekday) % 7)
        if end > s.anchor and w.direction != "next" and not s.forward:
            start, end = start - 7 * DAY, end - 7 * DAY
    return _made(w, (start, end), "date.weekday", "relative")


def _steps(direction: str) -> int:
    return {"last": -1, "next": 1}.get(direction, 0)


def _offset(w: Written, s: Setting) -> Resolved | None:
    if s.anchor is None or w.days is None:
        return _made(w, None, "date.offset-open", "relative")
    day = s.anchor + dt.timedelta(w.days)
    if w.weekday is not None and day.weekday() != w.weekday:
        near = next((d for d in (day - DAY, day + DAY) if d.weekday() == w.weekday), None)
        found = _made(w, (near or day, near or day), "date.offset-weekday", "relative")
        return replace(found, considered=(str(day),)) if near else found
    return _made(w, (day, day), "date.offset", "relative")


def _last_night(w: Written, s: Setting) -> Resolved | None:
    days = (s.anchor - DAY, s.anchor) if s.anchor else None
    return _made(w, days, "date.last-night", "relative", 2)


def _span(w: Written, s: Setting) -> Resolved | None:
    coarse = {"day": 1, "week": 3, "month": 4, "year": 5}.get(w.unit, 1)
    if s.anchor is None:
        return _made(w, None, "date.span-open", "relative", coarse)
    steps = _steps(w.direction)
    if w.unit == "day":
        days: Days | None = (s.anchor + dt.timedelta(steps), s.anchor + dt.timedelta(steps))
    elif w.unit == "week":
        monday = s.anchor - dt.timedelta(s.anchor.weekday()) + dt.timedelta(7 * steps)
        days = (monday, monday + 6 * DAY)
    elif w.unit == "month":
        days = months_back(s.anchor, -steps)
    else:
        days = year_of(s.anchor.year + steps)
    if days and w.position:
        days = part_of(days, w.position)
    return _made(w, days, f"date.{w.unit}", "relative", coarse)


def _last(w: Written, s: Setting) -> Resolved | None:
    """ "the last three days", "the last 24 hours": up to the article's day."""
    amount = w.amount or (1 if w.unit == "hour" else 0)
    if not amount or s.anchor is None:
        return _made(w, None, "date.vague-past", "relative", OPEN[w.unit])
    start = back(s.anchor, amount, w.unit)
    return _made(w, (start, s.anchor) if start else None, "date.last", "relative")


def _ago(w: Written, s: Setting) -> Resolved | None:
    rule = "date.ago-since" if w.since else "date.ago"
    if s.anchor is None:
        return _made(w, None, rule, "relative", {"week": 3, "month": 4, "year": 5}.get(w.unit, 1))
    if w.unit == "hour":
        start = s.anchor - dt.timedelta(w.amount // 24)
        return _made(w, (start if w.amount >= 24 else s.anchor, start), rule, "relative", 1)
    start_day = back(s.anchor, w.amount, w.unit)
    if start_day is None:
        return None
    if w.unit == "day":
        return _made(w, (start_day, start_day), rule, "relative", 1)
    if w.unit == "week":
        return _made(w, (start_day, start_day + 6 * DAY), rule, "relative", 3)
    days = month_of(start_day.year, start_day.month) if w.unit == "month" else year_of(start_day.year)
    return _made(w, days, rule, "relative", 4 if w.unit == "month" else 5)


def _vague(w: Written, s: Setting) -> Resolved | None:
    return _made(w, None, "date.vague-past", "relative", OPEN[w.unit])


def _operation(w: Written, s: Setting) -> Resolved | None:
    if s.start is None:
        return _made(w, None, "date.operation-open", "relative")
    start = s.start + dt.timedelta(w.amount - 1)
    end = s.start + dt.timedelta((w.day2 or w.amount) - 1)
    return _made(w, (start, end), "date.operation-day", "relative")


def _following(w: Written, s: Setting) -> Resolved | None:
    day = s.last + dt.timedelta(w.days or 0) if s.last else None
    return _made(w, (day, day) if day else None, "date.following", "relative")


RESOLVERS: Mapping[str, Callable[[Written, Setting], Resolved | None]] = {
    "day": _day, "day of month": _day_of_month, "month": _month, "year": _year, "weekday": _weekday, "offset": _offset,
    "last night": _last_night, "span": _span, "last": _last, "ago": _ago, "vague": _vague, "operation": _operation,
    "following": _following,
}  # fmt: skip
