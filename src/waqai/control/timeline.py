"""The timeline of one place: from evidence to intervals of who held it.

The evidence is put in the order of its days and read once. What a day brings changes what is known of the place
(`Known`), and between the days what is known grows old. The result does not depend on the order the evidence came in.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from waqai.control.evidence import WIDE
from waqai.control.known import Known
from waqai.control.moments import moments_of
from waqai.knowledge.control import ControlKnowledge
from waqai.model.control import ControlEvidence, Interval
from waqai.model.mention import Place


def timeline(place: Place, evidence: Iterable[ControlEvidence], known: ControlKnowledge) -> tuple[Interval, ...]:
    """Who held `place`, from the first day that something is known of it on; the last interval is open and unknown.

    `evidence` is of this place (see `within` and `of_part` in `evidence.py` for what reaches it from others), in any order.
    Without evidence there is no interval. Intervals follow each other without gaps; each is a day long at least.
    """
    moments = moments_of([_own(e, place) for e in evidence], known)
    state = Known(known)
    out: list[Interval] = []
    day: dt.date | None = None
    for at, group in groupby(moments, key=lambda m: m.day):
        if day is not None:
            _until(out, place, state, day, at)
        state.learn(at, list(group))
        day = at
    if day is not None:
        _until(out, place, state, day, None)
    told = sorted({m.day for m in moments if not m.implied})
    return tuple(_said_where_quiet(interval, told, known) for interval in _begun(out))


def _said_where_quiet(interval: Interval, told: Sequence[dt.date], known: ControlKnowledge) -> Interval:
    """An interval that reaches far into days of which nothing is told says since when."""
    before = bisect_left(told, interval.end) if interval.end is not None else len(told)
    last = told[before - 1] if before else interval.start
    quiet = interval.end is None or (interval.end - max(last, interval.start)).days > known.lasts["quiet"]
    if not interval.holders or not quiet:
        return interval
    return replace(interval, rule=f"{interval.rule}; nothing told since {last.isoformat()}")


def _own(e: ControlEvidence, place: Place) -> ControlEvidence:
    """Evidence of an area or governorate is not wide for that area itself, only for the places in it."""
    if e.place.id != place.id or e.place.level not in WIDE:
        return e
    return replace(e, place=replace(e.place, level="settlement"))


def _until(out: list[Interval], place: Place, state: Known, start: dt.date, end: dt.date | None) -> None:
    """Write what is known from `start` to `end`, as it grows old."""
    while end is None or start < end:
        state.age(start)
        stop = state.next_change(start)
        last = stop if end is None else min(end, stop) if stop is not None else end
        _append(out, state.interval(place, start, last))
        if last is None:
            return
        start = last


def _append(out: list[Interval], interval: Interval) -> None:
    """Put an interval at the end; one that says the same as the last makes it longer."""
    before = out[-1] if out else None
    if before is None or (before.status, before.holders) != (interval.status, interval.holders):
        out.append(interval)
        return
    out[-1] = Interval(
        before.place,
        before.start,
        interval.end,
        before.status,
        before.holders,
        _together(before.supporting, interval.supporting),
        _together(before.against, interval.against),
        before.rule,
    )


def _together(one: Sequence[str], two: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *two)))


def _begun(intervals: Sequence[Interval]) -> Sequence[Interval]:
    """The intervals without unknown ones at the beginning that nothing bears out."""
    first = next((n for n, i in enumerate(intervals) if i.status != "unknown" or i.supporting or i.against), None)
    return () if first is None else intervals[first:]
