"""Control of territory: what a text says of who holds a place, and who held it from when to when."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from waqai.model.mention import Actor, DateRange, Place
from waqai.model.report import Claim
from waqai.model.text import Span

Effect = Literal["takes", "loses", "holds", "besieges", "contests", "lifts_siege", "truce"]
Status = Literal["held", "divided", "contested", "besieged", "unknown"]
AreaUnit = Literal["governorate", "district", "subdistrict"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A statement of who holds (besieges, contests) a place, as an article makes it in passing: no event.

    `part` names the part of the place it speaks of, None for all of it. `date` is the day it holds for, None when no day is known.
    `actor` is None when a siege or a fight is told without its parties.
    """

    id: str
    article_key: str
    place: Place
    actor: Actor | None
    effect: Effect
    part: str | None
    date: DateRange | None
    claims: tuple[Claim, ...]
    evidence: Span
    rule: str


@dataclass(frozen=True, slots=True)
class ControlEvidence:
    """One report or statement that bears on who holds a place: `reference` is its id, `known` the day it was published.

    `weight` is above 0 and at most 1: less for claims of a party to the fight, for a whole governorate, for a vague day.
    """

    reference: str
    article_key: str
    place: Place
    actor: Actor | None
    effect: Effect
    part: str | None
    start: dt.date
    end: dt.date
    known: dt.date
    voice: str
    weight: float


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the place, or `part` of it."""

    actor: Actor
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Who held `place` from `start` (in) to `end` (out; None while nothing ends it).

    `supporting` and `against` are references of the evidence; `rule` says why this interval is what it is.
    """

    place: Place
    start: dt.date
    end: dt.date | None
    status: Status
    holders: tuple[Holder, ...]
    supporting: tuple[str, ...]
    against: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How many places of an area a side holds alone, and in how many it holds a part."""

    camp: str
    actor: Actor
    places: int
    parts: int


@dataclass(frozen=True, slots=True)
class AreaControl:
    """One district or governorate on a day: `name` is the governorate's or the district's code, `places` all of which
    something is known, `shares` the sides, the one with most places first; the other numbers count places by status."""

    unit: AreaUnit
    name: str
    country: str | None
    day: dt.date
    places: int
    shares: tuple[AreaShare, ...]
    divided: int
    contested: int
    besieged: int
    unknown: int
