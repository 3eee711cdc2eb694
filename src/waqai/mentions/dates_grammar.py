"""Reading a date at a token: which of the forms the words there make."""

from collections.abc import Callable, Mapping

from waqai.arabic.phrases import Match
from waqai.knowledge.dates import Term
from waqai.mentions import dates_absolute as absolute
from waqai.mentions import dates_relative as relative
from waqai.mentions.dates_written import Words, Written, WrittenKind, definite, own_prefix, replace

Reader = Callable[[Words, int, Match[Term]], Written | None]
DAYS = ("day", "weekday", "offset", "day of month", "following", "operation")


def read_date(w: Words, i: int, term: Match[Term] | None = None) -> Written | None:
    """The date that begins at token `i` (with `term`, when known), with its part of day and clock time, or None."""
    found = term or w.at(i)
    if found is None:
        if not (w.word(i)[:1].isdigit() or w.word(i) in ("ال", "وال")):
            return None
        written = _digits(w, i)
    else:
        reader = READERS.get(found.entry.kind)
        written = reader(w, i, found) if reader else None
    if written is None:
        return None
    if written.kind == "day" and not written.since:
        written = _matching(w, written)
    return absolute.with_clock(w, written) if written.kind in DAYS else written


def _digits(w: Words, i: int) -> Written | None:
    written = absolute.read_numeric(w, i) or absolute.read_day_month(w, i) or relative.read_counted(w, i)
    return replace(written, prefix="و") if written and w.words[i] == "وال" else written


def _matching(w: Words, written: Written) -> Written:
    """Two calendars for one day: "12 ربيع الأول 1434 هـ الموافق 24 يناير 2013" counts by the Gregorian one."""
    i = w.separator(written.last) if w.word(written.last) != "(" else written.last
    link = w.find(i, "matching")
    if link is None:
        return written
    other = absolute.read_numeric(w, link.last) or absolute.read_day_month(w, link.last)
    if other is None or other.kind != "day":
        return written
    chosen = other if other.calendar == "gregorian" else written
    return replace(chosen, first=written.first, last=other.last, prefix=written.prefix, weekday=written.weekday)


def _ordinal(w: Words, i: int, found: Match[Term]) -> Written | None:
    definite_before = i > 0 and w.word(i - 1).startswith(("ال", "لل", "بال", "وال")) and len(w.word(i - 1)) > 3
    before = w.find(i - 1, "weekday", "offset", "matching") if definite_before else None
    if definite_before and before is None:
        return None  # "الأسبوع الأول من آذار", "النصف الثاني من العام": an adjective
    written = absolute.read_day_month(w, i) or relative.read_nth(w, i, found)
    return replace(written, prefix=own_prefix(found.prefix)) if written else None


def _month(w: Words, i: int, found: Match[Term]) -> Written | None:
    return absolute.read_month(w, i)


def _weekday(w: Words, i: int, found: Match[Term]) -> Written | None:
    prefix = own_prefix(found.prefix)
    if found.entry.doubtful:
        week = relative.read_span(w, found.last) if not found.prefix else None
        good = week and week.unit == "week" and week.kind == "span"
        return replace(week, kind="weekday", first=i, weekday=found.entry.value) if week and good else None
    if definite(found.prefix):
        return None
    return replace(read_weekday(w, i, found), prefix=prefix)


def read_weekday(w: Words, i: int, found: Match[Term]) -> Written:
    """A weekday with the date or the direction after it."""
    written = Written("weekday", i, found.last, weekday=found.entry.value)
    j = w.separator(found.last)
    j = w.skip(j, "matching")
    j = j + 1 if w.word(j) in ("في", "يوم") else j
    dated = absolute.read_numeric(w, j, short=True) or absolute.read_day_month(w, j)
    if dated and dated.kind in ("day", "day of month"):
        closed = w.word(dated.last) == ")" and w.word(found.last) == "("
        return replace(dated, first=i, last=dated.last + closed, weekday=found.entry.value)
    way = w.find(found.last, "direction")
    if way and way.prefix == "":
        return replace(written, last=way.last, direction=way.entry.code)
    week = relative.read_week(w, found.last + 1) if w.word(found.last) == "من" else None
    if week:
        return replace(written, last=week.last, unit="week", direction=week.direction)
    day = absolute.read_day_value(w, found.last)
    if day and not w.word(found.last)[:1].isdigit() and w.word(day[2]) != "من":
        return replace(written, kind="day of month", day=day[0], last=day[2], direction="this")
    return written


def _offset(w: Words, i: int, found: Match[Term]) -> Written | None:
    term, prefix = found.entry, own_prefix(found.prefix)
    if w.words[i].endswith("اليوم") and found.last == i + 1:
        special = relative.read_nth_day(w, i, found.last) or relative.read_span(w, i)
        if special:
            return replace(special, prefix=prefix)
        if definite(found.prefix) or w.word(i - 1) in ("في", "كل"):
            return None
    same = w.find(found.last - 1, "following") if found.last > i + 1 else None
    if same and same.last > found.last:  # "صباح اليوم نفسه" is the day told of before
        return Written("following", i, same.last, prefix, days=same.entry.value, time=term.code or None)
    written = Written("offset", i, found.last, prefix, days=term.value, time=term.code or None)
    j = w.separator(found.last)
    day = w.find(j, "weekday")
    if day and day.prefix == "" and not day.entry.doubtful:
        dated = read_weekday(w, j, day)
        if dated.kind in ("weekday", "day") and not dated.direction and not dated.unit:
            closed = w.word(found.last) == "(" and w.word(dated.last) == ")"
            kind: WrittenKind = "day" if dated.day else "offset"
            return replace(
                dated, kind=kind, first=i, last=dated.last + closed, prefix=prefix, days=term.value, time=written.time
            )
    near = absolute.read_numeric(w, j) or absolute.read_day_month(w, j)
    if near and near.kind == "day" and (j == found.last or w.word(found.last) != "-"):
        return replace(near, first=i, prefix=prefix, days=term.value, time=written.time)
    return written


def _part(w: Words, i: int, found: Match[Term]) -> Written | None:
    """ "فجر الأحد", "مساء أمس", "ليل الثلاثاء الأربعاء", "ليل 15 إلى 16 تموز"."""
    if definite(found.prefix):
        return None
    inner = read_date(w, found.last)
    if inner is None or inner.kind not in DAYS or inner.prefix:
        return None
    if found.entry.code == "night" and inner.kind == "weekday" and not inner.direction:
        j = w.separator(inner.last)
        j = j + 1 if w.word(j) == "علي" else w.skip(j, "to")
        other = w.find(j, "weekday")
        if other and other.prefix in ("", "و") and other.entry.value == ((inner.weekday or 0) + 1) % 7:
            inner = replace(inner, last=other.last, weekday2=other.entry.value)
    return replace(inner, first=i, prefix=own_prefix(found.prefix), time=found.entry.code)


def _position(w: Words, i: int, found: Match[Term]) -> Written | None:
    inner = read_date(w, found.last) or _year_at(w, found.last)
    if inner is None or inner.kind not in ("month", "year", "span") or definite(found.prefix) or inner.prefix:
        return None
    return replace(inner, first=i, prefix=own_prefix(found.prefix), position=found.entry.code, doubtful=False)


def _years(w: Words, i: int) -> Written | None:
    """ "2011 و2012", "2011 إلى 2014" after "بين" or "من"."""
    first = _year_at(w, w.skip(i, "unit"))
    j = w.skip(first.last, "to") if first and w.word(first.last) != "و" else first.last + 1 if first else i
    second = _year_at(w, w.skip(j, "unit")) if first and j > first.last else None
    return replace(first, last=second.last, year2=second.year) if first and second else None


def _year_at(w: Words, i: int) -> Written | None:
    year = absolute.read_year(w, i)
    return Written("year", i, year.last, year=year.year, calendar=year.calendar) if year else None


def _since(w: Words, i: int, found: Match[Term]) -> Written | None:
    ago = relative.read_ago(w, i, found)
    if ago:
        return ago
    inner = read_date(w, found.last) or _year_at(w, found.last)
    if inner is None or inner.prefix:
        return None
    return replace(inner, first=i, prefix=own_prefix(found.prefix), since=True, doubtful=False)


def _ago(w: Words, i: int, found: Match[Term]) -> Written | None:
    return relative.read_ago(w, i, found)


def _from(w: Words, i: int, found: Match[Term]) -> Written | None:
    """ "من 3 إلى 5 آذار", "بين 3 و5 كانون الأول", "من أسبوع" is no date here."""
    if not w.begins(found.last):
        return None
    inner = absolute.read_day_month(w, found.last) or _years(w, found.last)
    if inner is None or not (inner.day2 or inner.year2):
        return None
    return replace(inner, first=i, prefix=own_prefix(found.prefix))


def _unit(w: Words, i: int, found: Match[Term]) -> Written | None:
    term = found.entry
    prefix = own_prefix(found.prefix)
    if term.code == "year" and (year := absolute.read_year_alone(w, i)):
        return year
    if span := relative.read_span(w, i):
        return replace(span, prefix=prefix)
    if definite(found.prefix):
        return relative.read_nth_days(w, i, found)
    if term.code == "month" and term.value == 1:
        return absolute.read_month(w, i)
    if term.code != "day":
        return None
    if term.value == 1:
        inner = read_date(w, found.last)
        if inner is None:
            bare = w.find(found.last, "weekday")
            inner = read_weekday(w, found.last, bare) if bare and not bare.prefix else None
        good = inner and inner.kind in DAYS and not inner.prefix
        return replace(inner, first=i, prefix=prefix) if inner and good else None
    return _weekdays(w, i, found)


def _weekdays(w: Words, i: int, found: Match[Term]) -> Written | None:
    """ "يومي الجمعة والسبت", "أيام الجمعة والسبت والأحد"; "يومي 3 و4 آذار"."""
    dated = absolute.read_day_month(w, found.last)
    if dated and dated.kind == "day":
        return replace(dated, first=i, prefix=own_prefix(found.prefix))
    days, j = [], found.last
    while (day := w.find(j, "weekday")) and not day.entry.doubtful and not definite(day.prefix):
        days.append(day.entry.value)
        j = w.separator(day.last) if w.find(w.separator(day.last), "weekday") else day.last
    if len(days) < 2:
        return None
    way = w.find(j, "direction")
    code = way.entry.code if way and way.prefix == "" else ""
    end = way.last if way and code else j
    return Written("weekday", i, end, own_prefix(found.prefix), weekday=days[0], weekday2=days[-1], direction=code)


def _this(w: Words, i: int, found: Match[Term]) -> Written | None:
    unit = w.find(found.last, "unit")
    prefix = own_prefix(found.prefix)
    if unit and definite(unit.prefix) and unit.prefix == "ال" and unit.entry.value == 1 and unit.entry.code != "hour":
        return Written("span", i, unit.last, prefix, unit=unit.entry.code, direction="this")
    day = w.find(found.last, "weekday")
    if day and day.prefix == "" and not day.entry.doubtful:
        return replace(read_weekday(w, i, day), first=i, prefix=prefix)
    return None


def _last_night(w: Words, i: int, found: Match[Term]) -> Written | None:
    return Written("last night", i, found.last, own_prefix(found.prefix), time="night")


def _following(w: Words, i: int, found: Match[Term]) -> Written | None:
    return Written("following", i, found.last, own_prefix(found.prefix), days=found.entry.value)


READERS: Mapping[str, Reader] = {
    "ordinal": _ordinal, "month": _month, "weekday": _weekday, "offset": _offset, "part": _part, "position": _position,
    "since": _since, "ago": _ago, "from": _from, "unit": _unit, "this": _this, "last_night": _last_night,
    "following": _following, "cardinal": lambda w, i, found: relative.read_counted(w, i),
}  # fmt: skip
