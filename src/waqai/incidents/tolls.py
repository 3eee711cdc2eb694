"""Tolls: what the voices say, side by side. Nothing is averaged; a later number of the same voice replaces its earlier one."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from waqai.incidents.voices import Said
from waqai.model.account import AccountToll
from waqai.model.incident import Toll, TollOf, Version
from waqai.model.report import Outcome

Range = tuple[int, int | None]


def reconciled(claims: Sequence[Said], outcome: Outcome, civilians: bool = False) -> Toll | None:
    """The number killed or injured (of civilians only): lowest, best supported and highest that a voice gives; None when none does.

    Two voices that say 12 and one that says 15 give low 12, best 12, high 15. Where no number has more voices than every other, the
    best is that of the latest report, and None when several are as late.
    """
    last: dict[str, tuple[dt.date, Range]] = {}
    for each in claims if _any(claims, outcome, civilians) else ():
        found = _of_claim(each, outcome, civilians) if each.stance == "asserts" else None
        when = each.account.known
        if found is not None and (each.key not in last or last[each.key][0] <= when):
            last[each.key] = (when, _both(last[each.key][1], found) if _same_day(last.get(each.key), when) else found)
    if not last:
        return None
    given = [(when, toll) for when, toll in last.values()]
    highs = [high for _, (_, high) in given if high is not None]
    low = min(low for _, (low, _) in given)
    most = max(low for _, (low, _) in given)
    high = None if len(highs) < len(given) and max(highs, default=0) <= most else max(highs)
    return Toll(low, _best(given), high)


def _any(claims: Sequence[Said], outcome: Outcome, civilians: bool) -> bool:
    """Whether any number of this outcome (of civilians only) is told at all: of the injured mostly none is."""
    for each in claims:
        account = each.account
        if not civilians and (account.killed if outcome == "killed" else account.injured) is not None:
            return True
        for toll in account.casualties:
            if toll.outcome == outcome and (not civilians or toll.who == "civilians"):
                return True
    return False


def _same_day(held: tuple[dt.date, Range] | None, when: dt.date) -> bool:
    return held is not None and held[0] == when


def _both(one: Range, other: Range) -> Range:
    """Two numbers of one voice on one day: the higher is the later."""
    return max(one, other, key=lambda toll: toll[0])


def _best(given: Iterable[tuple[dt.date, Range]]) -> int | None:
    exact = [(when, low) for when, (low, high) in given if high == low]
    counts = Counter(low for _, low in exact)
    if not counts:
        return None
    most = max(counts.values())
    leading = {number for number, times in counts.items() if times == most}
    if len(leading) > 1:
        latest = max(when for when, number in exact if number in leading)
        leading = {number for when, number in exact if number in leading and when == latest}
    return leading.pop() if len(leading) == 1 else None


def _of_claim(each: Said, outcome: Outcome, civilians: bool) -> Range | None:
    """What one claim of a report says, added up over sides and standings."""
    account = each.account
    held = [t for t in account.casualties if t.outcome == outcome and (not civilians or t.who == "civilians")]
    mine = [toll for toll in held if toll.claim == each.number]
    if not civilians and (len({toll.claim for toll in held}) <= 1):
        total = account.killed if outcome == "killed" else account.injured
        first = mine or (not held and each.number == 0)
        return total if first else None
    return _added(mine)


def _added(tolls: Sequence[AccountToll]) -> Range | None:
    """One number for each side and standing (the highest that is told), added up."""
    parts: dict[tuple[str | None, str], Range] = {}
    for toll in tolls:
        key = (toll.side, toll.who)
        held = parts.get(key)
        if held is None or toll.low > held[0]:
            parts[key] = (toll.low, toll.high)
    if not parts:
        return None
    highs = [high for _, high in parts.values()]
    return sum(low for low, _ in parts.values()), None if None in highs else sum(high or 0 for high in highs)


def toll_versions(claims: Sequence[Said]) -> tuple[Version[TollOf], ...]:
    """Every number that is told, with its reports and voices, best supported first."""
    told: dict[tuple[object, ...], tuple[AccountToll, dict[str, None], dict[str, None]]] = {}
    for each in claims:
        for toll in each.account.casualties:
            if toll.claim == each.number:
                value = (toll.outcome, toll.who, toll.side, toll.low, toll.high)
                held = told.get(value)
                if held is None:
                    held = told[value] = toll, {}, {}
                held[1][each.account.report_id] = None
                held[2][each.key] = None
    found = [
        Version(TollOf(toll.outcome, toll.who, toll.side, toll.low, toll.high), tuple(reports), tuple(keys))
        for toll, reports, keys in told.values()
    ]
    return tuple(sorted(found, key=lambda version: -len(version.voices)))
