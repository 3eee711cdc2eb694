"""Reading absolute dates: day and month, month, year, numeric forms, with their years and clock times."""

from dataclasses import dataclass

from waqai.arabic.phrases import Match
from waqai.knowledge.dates import Term
from waqai.mentions.dates_written import Words, Written, definite, number, own_prefix, replace

SLASHES = ("/", "-", "(", "|")


@dataclass(frozen=True, slots=True)
class Tail:
    """What may follow a month: its year, or which one of its kind."""

    last: int
    year: int = 0
    direction: str = ""
    shift: int | None = None
    calendar: str = ""


def read_day_value(w: Words, i: int) -> tuple[int, int, int] | None:
    """A day of a month ("ال 11", "الحادي عشر", "13-15"): first, last (0 when there is one), next token."""
    j = i + 1 if w.word(i) in ("ال", "وال") else i
    word = w.word(j)
    if word[:1].isdigit():
        parts = word.split("-")
        days = [number(part) or 0 for part in parts]
        good = len(days) <= 2 and all(0 < day <= 31 and len(part) <= 2 for day, part in zip(days, parts, strict=True))
        return (days[0], days[1] if len(days) == 2 else 0, j + 1) if good else None
    found = w.find(j, "ordinal")
    if found is None or j != i or found.prefix not in ("", "و", "ال", "وال", "ب", "ل"):
        return None
    return found.entry.value, 0, found.last


def read_days(w: Words, i: int) -> tuple[int, int, int] | None:
    """One day value or two that make a range or a list ("3 و5", "13 الى 15")."""
    first = read_day_value(w, i)
    if first is None or first[1]:
        return first
    day, _, j = first
    to = w.find(j, "to")
    linked = to.last if to else j + 1 if w.word(j) in ("و", "-") else j if w.word(j)[:1] == "و" else 0
    second = read_day_value(w, linked) if linked else None
    if second and not second[1] and second[0] > day:
        return day, second[0], second[2]
    return first


def read_tail(w: Words, i: int, calendar: str) -> Tail:
    """The year or direction after a month, or an empty tail that ends at `i`."""
    j = w.separator(i) if w.word(i) != "(" else i
    link = j + 1 if w.word(j) in ("من", "في") else j
    head = w.find(link, "unit")
    if head and head.entry.code == "year" and head.entry.value == 1:
        way = w.find(head.last, "direction")
        if way and definite(head.prefix):
            return Tail(way.last, shift={"last": -1, "this": 0, "next": 1}[way.entry.code])
        return read_year(w, head.last, calendar) or Tail(i)
    if w.find(link, "this") and (unit := w.find(link + 1, "unit")) and unit.entry.code == "year":
        return Tail(unit.last, shift=0)
    if link == j and (found := read_year(w, j, calendar)):
        return found
    way = w.find(i, "direction")
    if way and way.prefix == "":
        return Tail(way.last, direction=way.entry.code)
    return Tail(i)


def read_year(w: Words, i: int, calendar: str = "gregorian") -> Tail | None:
    """A year of four digits at `i` with its era sign."""
    value = number(w.word(i))
    if value is None or not (1300 <= value <= 1500 or 1900 <= value <= 2100):
        return None
    era = w.find(i + 1, "numeral")
    if era and era.prefix == "":
        return Tail(era.last, year=value, calendar=era.entry.code)
    if value <= 1500 and calendar != "hijri":
        return None
    return Tail(i + 1, year=value, calendar=calendar if value <= 1500 else "gregorian")


def read_month_name(w: Words, i: int) -> tuple[int, str, bool, int] | None:
    """A month at `i`, with its second name ("آب (أغسطس)"): number, calendar, doubtful, next token."""
    unit = w.find(i, "unit")
    if unit and unit.entry.code == "month" and unit.entry.value == 1:
        counted = w.find(unit.last, "ordinal" if definite(unit.prefix) else "cardinal")
        value = counted.entry.value if counted else 0 if definite(unit.prefix) else number(w.word(unit.last)) or 0
        if 0 < value <= 12:
            return value, "gregorian", False, counted.last if counted else unit.last + 1
        found = None if definite(unit.prefix) else w.find(unit.last, "month")
    else:
        found = w.find(i, "month")
    if found is None or definite(found.prefix):
        return None
    term, j = found.entry, found.last
    doubtful = term.doubtful and not unit
    if w.word(j) in SLASHES:
        other = w.find(j + 1, "month")
        if other and other.entry.code == term.code and (other.entry.value == term.value or w.word(j) in "/("):
            closed = w.word(j) == "(" and w.word(other.last) == ")"
            return term.value, term.code, False, other.last + closed
    return term.value, term.code, doubtful, j


def read_day_month(w: Words, i: int) -> Written | None:
    """A day or two of a month, with year if given: "27 من تشرين الثاني/نوفمبر 2024", "الـ15 من الشهر الجاري"."""
    days = read_days(w, i)
    if days is None:
        return None
    day, day2, j = days
    j = j + 1 if w.word(j) == "من" or (w.word(j) in ("-", "/") and w.find(j + 1, "month")) else j
    head = Written("day", i, j, day=day, day2=day2)
    month = read_month_name(w, j)
    if month is None:
        return _of_this_month(w, j, head)
    value, calendar, _, after = month
    second = _second_end(w, after, day2)
    if second:
        head, after = replace(head, day2=second[0], month2=second[1]), second[2]
    return with_tail(w, replace(head, month=value, calendar=calendar), after)


def _second_end(w: Words, i: int, day2: int) -> tuple[int, int, int] | None:
    """The other end of "13 تموز الى 15 تموز": day, month, next token."""
    to = w.find(i, "to")
    if day2 or not to:
        return None
    end = read_day_value(w, to.last)
    month = read_month_name(w, end[2] + (w.word(end[2]) == "من")) if end else None
    return (end[0], month[0], month[3]) if end and month else None


def _of_this_month(w: Words, j: int, head: Written) -> Written | None:
    """ "15 الجاري", "15 من الشهر الماضي", "19 من هذا الشهر"."""
    way = w.find(j, "direction")
    if way and way.entry.code in ("this", "last") and way.prefix == "":
        return replace(head, kind="day of month", last=way.last, direction=way.entry.code)
    this = w.find(j, "this")
    unit = w.find(this.last if this else j, "unit")
    if unit is None or unit.entry.code != "month" or not definite(unit.prefix):
        return None
    way = w.find(unit.last, "direction")
    if this or way:
        code = way.entry.code if way else "this"
        return replace(head, kind="day of month", last=way.last if way else unit.last, direction=code)
    return None


def with_tail(w: Words, written: Written, i: int) -> Written:
    """The date with the year that follows at `i`."""
    tail = read_tail(w, i, written.calendar)
    return replace(
        written,
        last=tail.last,
        year=tail.year,
        direction=tail.direction,
        shift=tail.shift,
        calendar=tail.calendar if tail.calendar == "hijri" else written.calendar,
    )


def read_numeric(w: Words, i: int, short: bool = False) -> Written | None:
    """27/11/2024, 2024-11-27, 11-2-2013 (day first), 2/2013; with `short` also 21/09."""
    word = w.word(i)
    if len(word) < 4:
        return None
    mark = next((mark for mark in "/-." if mark in word), "")
    parts = word.split(mark) if mark else []
    values = [number(part) for part in parts]
    if not 2 <= len(values) <= 3 or None in values:
        return None
    numbers = [value or 0 for value in values]
    if len(numbers) == 3 and len(parts[0]) == 4:
        numbers = numbers[::-1]
    if len(numbers) == 3:
        day, month, year = numbers
        written = Written("day", i, i + 1, day=day, month=month, year=year)
    elif len(parts[1]) == 4 and mark == "/":
        day, (month, year) = 1, numbers
        written = Written("month", i, i + 1, month=month, year=year)
    else:
        (day, month), year = numbers, 2000
        written = Written("day", i, i + 1, day=day, month=month)
        if not short or mark == ".":
            return None
    if not (1 <= day <= 31 and 1 <= month <= 12 and (1300 <= year <= 1500 or 1900 <= year <= 2100)):
        return None
    era = w.find(i + 1, "numeral")
    calendar = "hijri" if year <= 1500 else "gregorian"
    return replace(written, calendar=calendar, last=era.last if era and era.prefix == "" else i + 1)


def read_month(w: Words, i: int) -> Written | None:
    """A month alone, with a range of days after it ("تموز 13 الى 15") and its year."""
    month = read_month_name(w, i)
    if month is None:
        return None
    value, calendar, doubtful, j = month
    prefix = own_prefix(found.prefix) if (found := w.at(i)) else ""
    written = Written("month", i, j, prefix, month=value, calendar=calendar, doubtful=doubtful)
    other = w.find(j - 1, "month") if w.word(j - 2) == "/" and j - 2 > i else None
    if other and other.last == j and other.entry.value == value % 12 + 1:
        written = replace(written, month2=other.entry.value)
    days = read_days(w, j)
    if days and days[1]:
        return with_tail(w, replace(written, kind="day", day=days[0], day2=days[1]), days[2])
    if days and (year := read_year(w, w.separator(days[2]), calendar)):
        return replace(written, kind="day", day=days[0], last=year.last, year=year.year)
    return with_tail(w, written, j)


def read_year_alone(w: Words, i: int) -> Written | None:
    """ "عام 2015", "سنة 1434 هـ", "عامي 2013 و2014"; `i` is the head word."""
    head = w.find(i, "unit")
    if head is None or head.entry.code != "year" or head.entry.value == 3:
        return None
    year = read_year(w, head.last)
    if year is None:
        return None
    written = Written("year", i, year.last, own_prefix(head.prefix), year=year.year, calendar=year.calendar)
    if w.word(year.last) == "و" and (other := read_year(w, year.last + 1)) and head.entry.value == 2:
        return replace(written, last=other.last, year2=other.year)
    return written


def adverb_at(w: Words, i: int) -> Match[Term] | None:
    """A part of day that follows a date; "مساء" is one only when no day follows it in turn."""
    found = w.find(i, "adverb", "part")
    if found is None or found.prefix or found.entry.kind == "adverb":
        return found if found and not found.prefix else None
    follows = w.find(found.last, "weekday", "offset", "unit")
    return found if found.entry.code == "evening" and not follows else None


def with_clock(w: Words, written: Written) -> Written:
    """The date with a part of day or a clock time after it: "الأحد فجرا", "2015، الساعة 05:16 مساء"."""
    i = w.separator(written.last) if w.word(written.last) in ("،", ",") else written.last
    if adverb := adverb_at(w, i):
        ends = w.separator(adverb.last) == adverb.last or w.word(adverb.last) != "-"
        return replace(written, last=adverb.last, time=written.time or adverb.entry.code) if ends else written
    clock = w.find(i, "clock")
    j = clock.last if clock else i
    hour = w.find(j, "ordinal", "cardinal")
    if hour and clock:
        after = hour.last
    elif w.word(j)[:1].isdigit() and (clock or ":" in w.word(j)):
        after = j + 1
    else:
        return written
    adverb = adverb_at(w, after)
    if adverb:
        return replace(written, last=adverb.last, time=written.time or adverb.entry.code)
    return replace(written, last=after) if clock else written
