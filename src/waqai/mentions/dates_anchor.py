"""The day an article speaks from, when nothing but its own words tells."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.mentions.dates_calendar import Days
from waqai.mentions.dates_resolve import days_in_year, fits_weekday, latest
from waqai.mentions.dates_written import Written
from waqai.model.quick import quick
from waqai.model.text import Sentence

Spans = Sequence[tuple[dt.date | None, dt.date | None]]
TITLED = 1  # number of the first sentence of a body below a title of one
LEAD = 3  # sentences of the body in which the news itself stands
CUTS = ("-", ":", "/", "|", ")")
BRACKETS = 7  # tokens within which the brackets after a dateline close
CLOSE = 60  # days within which the dates of one piece of news lie
RECENT = 120  # days by which a full date may precede the news it belongs to


@quick
@dataclass(frozen=True, slots=True)
class Placed:
    """A date as written, with its sentence."""

    sentence: Sentence
    written: Written


def find_anchor(
    placed: Sequence[Placed], start: dt.date | None, years: tuple[int, int], active: Spans
) -> tuple[dt.date | None, tuple[int, ...]]:
    """The article's day by its own words, and the years that stay possible when they leave it open.

    A dateline with its year, a date the text calls today or yesterday, the latest day with its weekday, the day of an
    operation whose first day is known. A date of history never becomes the anchor.
    """
    full = _dateline(placed) or _called_today(placed)
    if full:
        return full, ()
    possible = possible_years(placed, years, active)
    pair = _news_pair(placed)
    if pair is None:
        return _operation_day(placed, start), possible
    others = [p.written for p in placed if p.written.weekday is not None and _yearless(p.written)]
    days = [day for year in possible if (day := _anchor_in(pair, year, others, active))]
    days = _recent(days, placed) or days
    if len(days) == 1:
        return days[0], ()
    return None, tuple(day.year for day in days) or possible


def possible_years(placed: Sequence[Placed], years: tuple[int, int], active: Spans) -> tuple[int, ...]:
    """Years that do not precede the latest year the text names, and in which the actors it names existed."""
    named = [p.written.year for p in placed if p.written.calendar == "gregorian" and p.written.year <= years[1]]
    named += [p.written.year2 for p in placed if p.written.year2 <= years[1]]
    low = max([years[0], *named, *(start.year for start, _ in active if start)])
    found = range(low, years[1] + 1)
    ends = [end.year for _, end in active if end]
    alive = [year for year in found if not ends or year <= min(ends)]
    return tuple(alive or found)


def _yearless(w: Written) -> bool:
    return w.kind == "day" and not w.year and w.shift is None and w.calendar == "gregorian" and w.direction != "next"


def _whole(w: Written) -> dt.date | None:
    """The day of a date written with its year."""
    days = days_in_year(w, w.year) if w.kind == "day" and w.year and not w.day2 else None
    return days[0] if days else None


def _dateline(placed: Sequence[Placed]) -> dt.date | None:
    """A full date at the head of the text, cut off from its prose ("دمشق - 12 آذار 2013 -") or a line of its own."""
    for p in placed:
        s, w = p.sentence, p.written
        day = _whole(w) if p.sentence.paragraph <= 1 and p.sentence.text.part == "text" and not w.since else None
        if day is None:
            continue
        if _stands_apart(s.words, w) or (s.number <= TITLED and _heads_the_news(s.words, w)):
            return day
    return None


def _stands_apart(words: Sequence[str], w: Written) -> bool:
    after = _past_brackets(words, w.last)
    before = words[w.first - 1] if w.first else ""
    alone = len(words) <= w.last - w.first + 3 and not after.isalpha()
    return alone or (w.first <= 5 and after in CUTS and (not before or not before.isalpha()))


def _heads_the_news(words: Sequence[str], w: Written) -> bool:
    """Whether a date of the first sentence has only a town, or agencies parted by dashes, before it."""
    town = w.first <= 3 and any(word in CUTS[:4] for word in words[w.last : w.last + BRACKETS])
    return town or (0 < w.first <= 9 and words[w.first - 1] in CUTS)


def _past_brackets(words: Sequence[str], i: int) -> str:
    """The word after a date and the agency in brackets behind it ("14 آذار 2019 (سانا) -")."""
    if words[i : i + 1] == ("(",) and ")" in words[i : i + BRACKETS]:
        i = words.index(")", i) + 1
    return words[i] if i < len(words) else ""


def _called_today(placed: Sequence[Placed]) -> dt.date | None:
    """A full date that the text calls today ("اليوم الأحد 1 تشرين الثاني 2015"), or a weekday's in the lead."""
    for p in placed:
        day = _whole(p.written)
        if day and p.written.days is not None:
            return day - dt.timedelta(p.written.days)
    for p in placed:
        day = _whole(p.written)
        if day and p.written.weekday is not None and p.sentence.number <= LEAD and not p.written.since:
            return day if day.weekday() == p.written.weekday else None
    return None


def _news_pair(placed: Sequence[Placed]) -> Written | None:
    """The date without a year that tells the article's day: the one called today, else the latest with a weekday."""
    dated = [p.written for p in placed if _yearless(p.written) and not p.written.day2]
    today = next((w for w in dated if w.days is not None), None)
    if today:
        return today
    pairs = [w for w in dated if w.weekday is not None and not w.since and not w.direction]
    return next((w for w in pairs if all(_precedes(other, w) for other in pairs)), pairs[0] if pairs else None)


def _precedes(other: Written, w: Written) -> bool:
    ends, starts = days_in_year(w, 2001), days_in_year(other, 2001)
    if ends is None or starts is None:
        return False
    return (ends[0] - starts[0]).days % 365 <= CLOSE


def _anchor_in(pair: Written, year: int, others: Sequence[Written], active: Spans) -> dt.date | None:
    """The article's day in one year, when every weekday of the text fits."""
    days: Days | None = days_in_year(pair, year)
    if days is None or not fits_weekday(pair, days):
        return None
    day = days[0]
    if any(not fits_weekday(w, latest(w, day, 10)) for w in others if w is not pair):
        return None
    if any(start and day < start for start, _ in active):
        return None
    return day - dt.timedelta(pair.days or 0)


def _recent(days: Sequence[dt.date], placed: Sequence[Placed]) -> list[dt.date]:
    """Of several possible days those that follow closely on a full date of the text."""
    whole = [day for p in placed if (day := _whole(p.written))]
    return [day for day in days if any(0 <= (day - other).days <= RECENT for other in whole)]


def _operation_day(placed: Sequence[Placed], start: dt.date | None) -> dt.date | None:
    """The day an operation has reached, told in the lead: "في اليوم الـ11 من عملية"."""
    if start is None:
        return None
    lead = [p.written for p in placed if p.written.kind == "operation" and p.sentence.number <= LEAD]
    told = [w.amount for w in lead if not w.doubtful and not w.day2]
    return start + dt.timedelta(max(told) - 1) if told else None
