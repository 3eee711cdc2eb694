"""Dates of an article, each set against the day the article speaks from."""

import datetime as dt
from collections.abc import Sequence

from waqai.knowledge.dates import DateKnowledge
from waqai.mentions.dates_absolute import read_year
from waqai.mentions.dates_anchor import Placed, find_anchor
from waqai.mentions.dates_grammar import read_date
from waqai.mentions.dates_resolve import Resolved, Setting, days_in_year, latest, resolve
from waqai.mentions.dates_written import Words, Written, number
from waqai.model.article import Document, Published
from waqai.model.mention import DateRange, Mention
from waqai.model.text import Sentence, Span
from waqai.model.timeline import Timeline

YEARS = (1950, 2035)  # years read without the word "عام"
Spans = Sequence[tuple[dt.date | None, dt.date | None]]
Begins = Sequence[Sequence[tuple[int, bool]]]  # the tokens of each sentence at which a date may begin


def find_dates(
    document: Document, dates: DateKnowledge, active: Spans = (), lit: Begins | None = None, *, forward: bool = False
) -> Timeline:
    """The dates of a document and its anchor.

    `active` are spans in which the actors it names existed; they help to find a year the text leaves out. `lit` are the tokens
    of each sentence at which a date may begin (`DateKnowledge.begins_with`), when these are known already. `forward`
    makes a bare weekday the next one instead of the last one. A date that nothing settles has `start` and `end` None.
    """
    placed: list[Placed] = []
    for n, s in enumerate(document.sentences):
        placed += [Placed(s, w) for w in written_dates(s, dates, lit[n] if lit is not None else None)]
    published = document.article.published
    begin = _operation_start(placed, dates)
    years: tuple[int, ...] = ()
    if published is None:
        first = days_in_year(begin, begin.year) if begin and begin.year else None
        day, years = find_anchor(placed, first[0] if first else None, dates.years, active)
        published = Published(day, "text") if day else None
    setting = Setting(published.day if published else None, years, forward)
    setting.start = _resolved_start(begin, setting)
    mentions = tuple(mention for p in placed if (mention := _mention(p, setting)))
    return Timeline(published, mentions, years)


def written_dates(sentence: Sentence, dates: DateKnowledge, lit: Sequence[tuple[int, bool]] | None) -> list[Written]:
    """The dates of one sentence as written, in order, none within another."""
    if lit is None:
        lit = [(i, True) for i, word in enumerate(sentence.words) if dates.begins_with(word)]
    if not lit:
        return []
    words, at = Words(sentence.words, dates), dates.terms.at
    found: list[Written] = []
    free = 0
    for i, _ in lit:
        if i < free:
            continue
        term = at(sentence.words, i)
        if term and term.entry.kind == "named":
            free = term.last
            continue
        written = _permitted(words, sentence, read_date(words, i, term)) or _bare_year(words, i)
        if written:
            found.append(written)
            free = written.last
    return found


def _bare_year(w: Words, i: int) -> Written | None:
    """ "في 2012", "منذ 2011", "وفي 2015": a year after a preposition."""
    value = number(w.words[i])
    before, known = w.word(i - 1), w.knowledge.year_after
    led = before in known or (before[:1] in ("و", "ف") and before[1:] in known)
    if value is None or not led or not YEARS[0] <= value <= YEARS[1]:
        return None
    year = read_year(w, i)
    return Written("year", i, year.last, year=year.year) if year else None


def _permitted(w: Words, sentence: Sentence, written: Written | None) -> Written | None:
    """The date, unless it belongs to a name ("ساحة 7 نيسان") or its month is no month there ("مارس الضغط")."""
    if written is None:
        return None
    before = w.before(written.first)
    dateless = not written.year and not written.direction and written.shift is None
    if written.kind in ("day", "month", "weekday") and dateless and _is_name(w, before):
        return None
    if written.kind == "month" and not written.position and not written.since:
        return written if _is_month(w, sentence, written, before) else None
    return written


def _is_name(w: Words, before: str) -> bool:
    names = w.knowledge.names
    return before in names or (before[:1] in "وبلف" and before[1:] in names)


def _is_month(w: Words, sentence: Sentence, written: Written, before: str) -> bool:
    known = w.knowledge
    numeric = w.words[written.first][:1].isdigit()
    if numeric or (not written.doubtful and (written.year or written.direction or written.shift is not None)):
        return True
    if written.doubtful and "اب" in w.words[written.first] and "آ" not in sentence.clean(written.first, written.last):
        return False
    if before in known.month_after or written.prefix.endswith("ب"):
        return True
    if written.doubtful:
        return bool(written.year or written.direction == "last")
    unit = w.find(written.first, "unit")
    return bool(unit) or before in known.month_after_sure or bool(w.find(written.first - 1, "month", "position"))


def _operation_start(placed: Sequence[Placed], dates: DateKnowledge) -> Written | None:
    """The date on which the text says that an operation began."""
    told: dict[int, bool] = {}
    for p in placed:
        if p.written.kind != "day" or p.written.day2:
            continue
        number = p.sentence.number
        if number not in told:
            words = p.sentence.words
            told[number] = _stands(dates.began, words) and _stands(dates.operation, words)
        if told[number]:
            return p.written
    return None


def _stands(known: frozenset[str], words: Sequence[str]) -> bool:
    """Whether a word stands among others, as it is or behind one letter ("وبدأت")."""
    return not known.isdisjoint(words) or not known.isdisjoint([word[1:] for word in words])


def _resolved_start(begin: Written | None, setting: Setting) -> dt.date | None:
    if begin is None:
        return None
    if begin.year or setting.anchor is None:
        days = days_in_year(begin, begin.year) if begin.year else None
    else:
        days = latest(begin, setting.anchor)
    return days[0] if days else None


def _mention(placed: Placed, setting: Setting) -> Mention[DateRange] | None:
    s, w = placed.sentence, placed.written
    if w.kind == "operation" and w.doubtful and setting.start is None:
        return None
    found: Resolved | None = resolve(w, setting)
    if found is None:
        return None
    if found.value.start and found.value.start == found.value.end:
        setting.last = found.value.start
    span: Span = s.text.span(s.starts[w.first] + len(w.prefix), s.ends[w.last - 1])
    return Mention("date", s.number, w.first, w.last, span, found.value, found.rule, w.prefix, found.considered)
