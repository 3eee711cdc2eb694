"""Reading dates that count from another day: spans, amounts of time ago, days of an operation."""

from waqai.arabic.phrases import Match
from waqai.knowledge.dates import Term
from waqai.mentions.dates_absolute import read_day_month, read_day_value, read_days
from waqai.mentions.dates_written import Words, Written, definite, number, own_prefix, replace


def read_span(w: Words, i: int) -> Written | None:
    """ "الأسبوع الماضي", "الأيام الثلاثة الماضية", "الساعات الـ 24 الأخيرة", "اليومين الماضيين"; `i` is the unit."""
    unit = w.find(i, "unit")
    if unit is None or not definite(unit.prefix):
        return None
    term, j = unit.entry, unit.last
    amount = term.value if term.value < 3 else 0
    if term.value == 3:
        j, amount = _amount_after(w, j)
    way = w.find(j, "direction")
    if way is None or way.prefix:
        return None
    if term.code == "year" and w.before(i).startswith("ال") and w.word(unit.last) in w.knowledge.year_doubtful:
        return None  # "الأمين العام الحالي"
    code = way.entry.code
    end = w.skip(way.last, "few")
    if term.value == 1 and term.code != "hour":
        return Written("span", i, end, unit=term.code, direction=code)
    if code != "last":
        return None
    return Written("last", i, end, unit=term.code, amount=amount)


def read_week(w: Words, i: int) -> Written | None:
    """ "الأسبوع الماضي" or "هذا الأسبوع"."""
    this = w.find(i, "this")
    unit = w.find(this.last, "unit") if this else None
    if unit and unit.entry.code == "week" and definite(unit.prefix):
        return Written("span", i, unit.last, unit="week", direction="this")
    span = read_span(w, i)
    return span if span and span.unit == "week" and span.kind == "span" else None


def _amount_after(w: Words, j: int) -> tuple[int, int]:
    """The number behind a definite plural: token after it, and its value (0 when it is open)."""
    if w.word(j) == "ال" and (value := number(w.word(j + 1))):
        return j + 2, value
    if value := number(w.word(j)):
        return j + 1, value
    counted = w.find(j, "cardinal")
    if counted and definite(counted.prefix):
        return counted.last, counted.entry.value
    return w.skip(j, "few"), 0


def read_counted(w: Words, i: int) -> Written | None:
    """ "الـ24 ساعة الماضية", "الثلاثة أيام الماضية": the article stands before the number."""
    if w.word(i) in ("ال", "وال"):
        value, j = number(w.word(i + 1)) or 0, i + 2
        prefix = "ال"
    elif number(w.word(i)):
        value, j, prefix = number(w.word(i)) or 0, i + 1, ""
    else:
        found = w.find(i, "cardinal")
        if found is None or not definite(found.prefix):
            return None
        value, j, prefix = found.entry.value, found.last, found.prefix
    unit = w.find(j, "unit")
    way = w.find(unit.last, "direction") if unit and value else None
    if unit is None or way is None or way.entry.code != "last" or (unit.prefix and not prefix):
        return None
    return Written("last", i, way.last, own_prefix(prefix), unit=unit.entry.code, amount=value)


def read_amount(w: Words, i: int) -> tuple[int, str, int] | None:
    """An amount of time ("4 أيام", "أسبوعين", "شهر", "عدة أشهر"): value (0 when open), unit, next token."""
    j = w.skip(i, "fillers")
    if vague := w.find(j, "vague"):
        unit = w.find(vague.last, "unit")
        return (0, unit.entry.code, w.skip(unit.last, "few")) if unit and not unit.prefix else None
    counted = w.find(j, "cardinal")
    value = number(w.word(j))
    if value or (counted and not counted.prefix):
        after = j + 1 if value else counted.last if counted else j
        unit = w.find(after, "unit")
        amount = value or (counted.entry.value if counted else 0)
        return (amount, unit.entry.code, unit.last) if unit and not unit.prefix else None
    unit = w.find(j, "unit")
    if unit is None or unit.prefix:
        return None
    return (unit.entry.value if unit.entry.value < 3 else 0), unit.entry.code, w.skip(unit.last, "few")


def read_ago(w: Words, i: int, found: Match[Term]) -> Written | None:
    """ "قبل ثلاثة أيام", "منذ 4 أيام", "منذ أشهر"; "قبل يومين من المؤتمر" counts from something else and is none."""
    amount = read_amount(w, found.last)
    if amount is None:
        return None
    value, unit, j = amount
    after = w.at(j)
    if after and after.prefix == "" and after.entry.kind in ("month", "weekday", "ordinal", "offset", "part"):
        return None
    if number(w.word(j)) or (w.word(j) == "ال" and w.word(j + 1)[:1].isdigit()):
        return None
    if w.word(j) in ("من", "علي") and w.word(j + 1) != "الان":
        return None
    way = w.find(j, "direction")
    if way:
        return None
    written = Written("ago" if value else "vague", i, j, own_prefix(found.prefix), unit=unit, amount=value)
    return replace(written, since=found.entry.kind == "since")


def read_nth_day(w: Words, i: int, j: int) -> Written | None:
    """ "اليوم الثالث من العملية", "اليوم الـ11 من عملية", "اليوم الثالث من أكتوبر"; `j` is the token after "اليوم"."""
    dated = read_day_month(w, j) if w.word(j) == "ال" or w.find(j, "ordinal") else None
    if dated and dated.kind in ("day", "day of month"):
        return replace(dated, first=i)
    if w.word(j) != "ال" and not w.find(j, "ordinal"):
        return None
    day = read_day_value(w, j) or _large(w, j)
    if day is None or w.find(day[2], "in_a_row"):
        return None
    return Written("operation", i, day[2], amount=day[0])


def read_nth_days(w: Words, i: int, found: Match[Term]) -> Written | None:
    """ "اليومين الرابع والخامس": two days of an operation."""
    if (found.entry.code, found.entry.value) != ("day", 2):
        return None
    days = read_days(w, found.last)
    if days is None or not days[1]:
        return None
    return Written("operation", i, days[2], own_prefix(found.prefix), amount=days[0], day2=days[1])


def _large(w: Words, j: int) -> tuple[int, int, int] | None:
    value = number(w.word(j + 1)) if w.word(j) == "ال" else None
    return (value, 0, j + 2) if value and value < 1000 else None


def read_nth(w: Words, i: int, found: Match[Term]) -> Written | None:
    """ "في الرابع" after the days of an operation have been told: kept only then (see `dates`)."""
    if w.word(i - 1) not in ("في", "وفي") or not w.words[i].startswith("ال"):
        return None
    after = w.word(found.last)
    if after == "من" or w.find(found.last, "unit", "month"):
        return None
    return Written("operation", i, found.last, amount=found.entry.value, doubtful=True)
