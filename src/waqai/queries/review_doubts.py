"""What makes a report uncertain, as a reader of its own fields would say: the most doubtful reports are looked at first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

WEIGHTS: Mapping[str, float] = {
    "weak words": 0.30,
    "no place": 0.30,
    "place imputed": 0.20,
    "place not on the map": 0.15,
    "no date": 0.20,
    "date of publication": 0.08,
    "no first party": 0.20,
    "no second party": 0.08,
    "party unknown": 0.12,
    "one side says so": 0.18,
    "denied by somebody": 0.12,
    "nobody is quoted": 0.05,
    "tolls differ": 0.15,
    "toll is wide": 0.10,
    "not happened": 0.08,
    "told as history": 0.05,
}
"""How much each reason weighs: the share of what certainty is left that it takes away."""
_SIDES = ("party", "official", "military", "police")
_LEAST = 0.6
_ONE_SIDED = frozenset(
    {"Peaceful protest", "Violent demonstration", "Mob violence", "Change to group/activity", "Other"}
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look at a report: its name, its weight, and the fields it is about."""

    name: str
    weight: float
    fields: tuple[str, ...]


def doubts(report: Mapping[str, Any]) -> tuple[Doubt, ...]:
    """The reasons to doubt a report, told from its JSON form, the heaviest first."""
    found = [Doubt(name, WEIGHTS[name], fields) for name, fields in _reasons(report)]
    return tuple(sorted(found, key=lambda doubt: (-doubt.weight, doubt.name)))


def uncertainty(found: tuple[Doubt, ...]) -> float:
    """How uncertain a report is with these doubts, 0 to 1: each takes its share of what the others have left.

    >>> uncertainty((Doubt("no place", 0.3, ("place",)), Doubt("no date", 0.2, ("date",))))
    0.44
    """
    left = 1.0
    for doubt in found:
        left *= 1 - doubt.weight
    return round(1 - left, 3)


def _reasons(report: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if report["confidence"] < _LEAST:
        yield "weak words", ("evidence", "sub_event_type")
    yield from _where(report["place"])
    date = report["date"]
    if date is None and not report["background"]:
        yield "no date", ("date",)
    elif date is not None and date["basis"] == "published":
        yield "date of publication", ("date",)
    yield from _parties(report)
    yield from _voices(report["claims"])
    yield from _tolls(report)
    if report["modality"] != "happened":
        yield "not happened", ("modality",)
    if report["background"]:
        yield "told as history", ("background",)


def _where(place: Mapping[str, Any] | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if place is None:
        yield "no place", ("place",)
    elif place["precision"] > 1 or place["relation"] is not None:
        yield "place imputed", ("place",)
    elif place["lat"] is None:
        yield "place not on the map", ("place",)


def _parties(report: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not report["actor1"]:
        yield "no first party", ("actor1",)
    if not report["actor2"] and report["sub_event_type"] not in _ONE_SIDED:
        yield "no second party", ("actor2",)
    unknown = [role for role in ("actor1", "actor2") if any(actor["camp"] == "unknown" for actor in report[role])]
    if unknown:
        yield "party unknown", tuple(unknown)


def _voices(claims: list[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whose word it is: a side's own, nobody's but the outlet's, or disputed."""
    told = [claim["chain"][-1]["kind"] for claim in claims if claim["stance"] == "asserts" and claim["chain"]]
    if told and all(kind in _SIDES for kind in told):
        yield "one side says so", ("attributed_to",)
    if not told:
        yield "nobody is quoted", ("attributed_to",)
    if any(claim["stance"] != "asserts" for claim in claims):
        yield "denied by somebody", ("attributed_to", "modality")


def _tolls(report: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    counts = report["casualties"]
    differ = [
        outcome
        for outcome in ("killed", "injured")
        if len({(toll["low"], toll["high"]) for toll in counts if toll["outcome"] == outcome}) > 1
    ]
    if differ:
        yield "tolls differ", tuple(differ)
    wide = [name for name in ("killed", "injured") if report[name] and _wide(*report[name])]
    if wide and not differ:
        yield "toll is wide", tuple(wide)


def _wide(low: int, high: int | None) -> bool:
    return high is None or high > 2 * low + 2
