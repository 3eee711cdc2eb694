"""Areas: who holds how many of the places of a district or governorate on a day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from waqai.model.control import AreaControl, AreaShare, AreaUnit, Interval
from waqai.model.mention import Actor

_LETTERS = {"district": 6, "subdistrict": 8}  # of a place's code (SY010203) that name its unit


def add_up(intervals: Iterable[Interval], day: dt.date, unit: AreaUnit) -> tuple[AreaControl, ...]:
    """The areas of the places of these intervals on `day`, in the order of country and name.

    Intervals of other days are left out; so are places without a governorate or without a code.
    """
    areas: dict[tuple[str, str], list[Interval]] = defaultdict(list)
    for interval in intervals:
        name = _area(interval, unit)
        if name is not None and interval.start <= day and (interval.end is None or day < interval.end):
            areas[interval.place.country or "", name].append(interval)
    return tuple(_sum(unit, name, country, day, rows) for (country, name), rows in sorted(areas.items()))


def _area(interval: Interval, unit: AreaUnit) -> str | None:
    place = interval.place
    if place.level not in ("settlement", "site"):
        return None
    if unit == "governorate":
        return place.governorate
    code = place.pcode or ""
    return code[: _LETTERS[unit]] if len(code) >= _LETTERS[unit] else None


def _sum(unit: AreaUnit, name: str, country: str, day: dt.date, rows: Iterable[Interval]) -> AreaControl:
    rows = sorted(rows, key=lambda i: (i.start, i.place.id))
    status = Counter(i.status for i in rows)
    alone: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    actors: dict[str, Actor] = {}
    for interval in rows:
        camps = {holder.actor.camp: holder.actor for holder in interval.holders}
        for camp, actor in camps.items():
            actors.setdefault(camp, actor)
            whole = interval.status in ("held", "besieged")
            (alone if whole else parts)[camp] += 1
    ranked = sorted(actors, key=lambda camp: (-alone[camp], -parts[camp], camp))
    shares = tuple(AreaShare(camp, actors[camp], alone[camp], parts[camp]) for camp in ranked)
    return AreaControl(
        unit,
        name,
        country or None,
        day,
        len(rows),
        shares,
        status["divided"],
        status["contested"],
        status["besieged"],
        status["unknown"],
    )
