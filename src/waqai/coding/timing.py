"""Timing: which date of the text is the date of an event."""

import datetime as dt
from collections.abc import Sequence

from waqai.coding.draft import Draft
from waqai.coding.scene import Clause, EventWord, Scene
from waqai.model.article import Published
from waqai.model.mention import DateRange, Mention
from waqai.model.quick import replace
from waqai.model.report import NamedDate, Why

HEAD = 7  # tokens of a dateline, and after its date up to the dash
CUTS = ("-", ":", "/", "|", ")")
CARRIED = 2  # sentences over which a day holds


def date_of(scene: Scene, event: EventWord, clause: Clause) -> tuple[NamedDate | None, str]:
    """The date of the event's own sentence: nearest in its clause, else before it in the same main clause, else the only one.

    A date that belongs to the saying ("قال السبت إن") counts only where no other stands.
    """
    start, end = _main_bounds(scene, event)
    dates = [m for m in scene.dates if not _of_the_dateline(scene, event, m)] or scene.dates
    dates = [m for m in dates if not _of_what_lasts(scene, event, m)]
    own = [m for m in dates if clause.start <= m.first < clause.end and not _of_another(scene, event, m)]
    said = [m for m in own if _of_the_saying(scene, m)]
    plain = [m for m in own if m not in said]
    if plain:
        return _named(min(plain, key=lambda m: _distance(m, event))), "date of the clause"
    since = [m for m in dates if m.first == clause.end and m.value.precision <= 2]
    if since and (clause.kind == "relative" or scene.clause_at(clause.end).kind == "after"):
        return _named(since[0]), "date that opens the next clause"
    if clause.kind in ("relative", "after") and not said:
        return None, ""
    others = [m for m in dates if start <= m.first < end and m not in own and not _of_another(scene, event, m)]
    others = [m for m in others if not _of_a_relative(scene, m) and scene.clause_at(m.first).kind != "after"]
    others = [m for m in others if m.last <= event.first or scene.clause_at(m.first).kind != "and"]
    before = [m for m in others if m.last <= event.first and not _of_the_saying(scene, m)]
    if before:
        return _named(before[-1]), "date before it in the sentence"
    later = [m for m in dates if m.first >= event.last and m.first < end and _of_what_came_of_it(scene, event, m)]
    later = [m for m in later if said and _shortly_before(m.value, said[0].value)]
    if later:
        return _named(later[0]), "date of what came of it"
    if said:
        return _named(min(said, key=lambda m: _distance(m, event))), "date of the saying"
    if len(others) == 1 and len(scene.events) <= 3:
        return _named(others[0]), "only date of the sentence"
    return None, ""


def _of_a_relative(scene: Scene, m: Mention[DateRange]) -> bool:
    """Whether a date stands in a relative clause, or in what hangs on one ("المدينة التي تحاول القوات منذ أسابيع استعادتها")."""
    clause = scene.clause_at(m.first)
    vague = m.value.end is None and m.first == clause.start
    hangs = vague and clause.kind == "sub" and clause.start > 0 and scene.words[clause.start - 1] != "،"
    return clause.kind == "relative" or (hangs and scene.clause_at(clause.start - 1).kind == "relative")


def _of_the_dateline(scene: Scene, event: EventWord, m: Mention[DateRange]) -> bool:
    """Whether a date stands at the head of the text, cut off from its news ("دمشق - 14 آذار 2019 (سانا) -")."""
    if scene.sentence.paragraph > 1 or m.first > HEAD or m.last > event.first:
        return False
    after = scene.words[m.last : min(m.last + HEAD, event.first)]
    return any(word in CUTS for word in after) or (m.first > 0 and scene.words[m.first - 1] in CUTS)


def _main_bounds(scene: Scene, event: EventWord) -> tuple[int, int]:
    """The tokens between the main conjunctions ("فيما", "في حين", "كما") around an event."""
    cuts = [c.start for c in scene.clauses if c.kind == "main"]
    start = max((c for c in cuts if c <= event.first), default=0)
    return start, min((c for c in cuts if c > event.first), default=len(scene.words))


def _of_the_saying(scene: Scene, m: Mention[DateRange]) -> bool:
    """Whether a date stands with the verb of saying: after it, with no event between."""
    said = scene.found("saying", max(m.first - 9, 0), m.first)
    return said is not None and not any(said[1] <= e.first < m.first for e in scene.events)


def _shortly_before(day: DateRange, said: DateRange) -> bool:
    """Whether a day is that of the saying, or one of the week before it: no birthday, and nothing that came after."""
    if day.end is None or day.start is None or said.end is None:
        return False
    return day.end <= said.end and day.start >= said.end - dt.timedelta(days=7)


def _of_what_came_of_it(scene: Scene, event: EventWord, m: Mention[DateRange]) -> bool:
    """Whether a day stands where only the toll of the event is told ("قالوا يوم السبت إن … ما أدى إلى إصابة ثلاثة مساء الجمعة")."""
    between = [e for e in scene.events if event.last <= e.first < m.first]
    told = scene.clause_at(m.first).kind not in ("relative", "after", "and", "main") or not between
    outcomes = all(e.readings[0][0].outcome or scene.clause_at(e.first).kind == "relative" for e in between)
    return m.value.precision <= 2 and told and outcomes and not _of_the_saying(scene, m)


def _of_what_lasts(scene: Scene, event: EventWord, m: Mention[DateRange]) -> bool:
    """Whether a date says since when something beside the event has lasted ("قصف المدينة المحاصرة منذ عام")."""
    if scene.words[m.first] != "منذ" or m.first < event.last:
        return False
    return any(word in scene.small["lasting"] for word in scene.words[event.last : m.first])


def _distance(m: Mention[DateRange], event: EventWord) -> int:
    return m.first - event.last if m.first >= event.last else event.first - m.last + 1


def _of_another(scene: Scene, event: EventWord, m: Mention[DateRange]) -> bool:
    """Whether another event stands between the date and this one and is nearer to it, in another clause."""
    if m.first >= event.last:
        return any(
            event.last <= e.first < m.first and scene.clause_at(e.first) != scene.clause_at(event.first)
            for e in scene.events
        )
    return False


def _named(m: Mention[DateRange]) -> NamedDate:
    return NamedDate(m.value, m.span)


def carried(drafts: Sequence[Draft], anchor: Published | None) -> list[Draft]:
    """The drafts, those without a date with the day told just before them in their paragraph, when it is an older day.

    What a text tells of Friday goes on over its sentences; news of yesterday and today needs no such help.
    """
    out: list[Draft] = []
    last: Draft | None = None
    for draft in drafts:
        if (draft.modality == "planned" and _past(draft, anchor)) or _running(draft, anchor):
            draft = replace(draft, date=None)  # the day of the deal, not of its terms; "this month" dates no news
        elif _is_a_day(draft):
            last = draft if _older(draft, anchor) else None
        elif draft.date is None and last is not None and _goes_on(last, draft):
            why = Why("date", "day told before it in the paragraph")
            draft = replace(draft, date=last.date, why=(*draft.why, why))
        out.append(draft)
    return out


def _is_a_day(draft: Draft) -> bool:
    date = draft.date.date if draft.date else None
    return date is not None and date.start is not None and date.precision <= 2 and draft.modality != "planned"


def _past(draft: Draft, anchor: Published | None) -> bool:
    end = draft.date.date.end if draft.date else None
    return end is not None and anchor is not None and end < anchor.day


def _running(draft: Draft, anchor: Published | None) -> bool:
    """Whether the date is a month or a year that only frames the news; without a day to speak from, a month may be all there is."""
    date = draft.date.date if draft.date else None
    return not draft.background and date is not None and date.precision >= (4 if anchor is not None else 5)


def _older(draft: Draft, anchor: Published | None) -> bool:
    end = draft.date.date.end if draft.date else None
    return end is not None and (anchor is None or end < anchor.day - dt.timedelta(days=1))


def _goes_on(last: Draft, draft: Draft) -> bool:
    near = last.paragraph == draft.paragraph and 0 <= draft.sentence - last.sentence <= CARRIED
    return near and draft.background == last.background and draft.modality != "planned"


def published_date(anchor: Published | None) -> NamedDate | None:
    """The date of news that gives none: the day before the article and its day, basis "published"; None without an anchor."""
    if anchor is None:
        return None
    return NamedDate(DateRange(anchor.day - dt.timedelta(days=1), anchor.day, 2, "published"), None)
