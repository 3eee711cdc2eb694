"""Mentions: what the text names, with its value, its words and the rule that found it."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from waqai.model.quick import quick
from waqai.model.text import Span

MentionKind = Literal["actor", "place", "person", "date", "number", "weapon", "source"]
DateBasis = Literal["stated", "relative", "published"]
PlaceLevel = Literal["site", "neighbourhood", "settlement", "area", "governorate", "country"]

V = TypeVar("V", covariant=True)


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: `low` to `high`; `high` is None for "at least". `unit` is the counted noun, if one follows."""

    low: float
    high: float | None
    unit: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class DateRange:
    """A day or a span of days. `start` and `end` are None when the text leaves the day open.

    `precision` is UCDP's date_prec: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 up to a year.
    `time` is a part of day in English ("dawn", "morning", "evening", "night"), when the text gives one.
    """

    start: dt.date | None
    end: dt.date | None
    precision: int
    basis: DateBasis
    time: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or one placed by it.

    `precision` is UCDP's where_prec (1 exact, 2 near, 3 district, 4 governorate, 5 larger area, 6 country, 7 sea);
    `relation` says how the point was reached when it is not the named place's own ("near", "north of", "area of",
    "site in"); `sure` is between 0 and 1. Coordinates are WGS84 degrees, None when no point would be honest.
    """

    id: str
    name_ar: str
    name_en: str
    lat: float | None
    lon: float | None
    level: PlaceLevel
    precision: int
    relation: str | None
    country: str | None
    governorate: str | None
    pcode: str | None = None
    pcode_level: int | None = None
    sure: float = 1.0


@quick
@dataclass(frozen=True, slots=True)
class Actor:
    """A party to the conflict. `camp` and `kind` are codes of the codebook; `generic` marks words like "the factions"."""

    id: str
    name_en: str
    name_ar: str
    camp: str
    kind: str
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A named person with the rank or role the text gives, and the actor spoken for, if the text says."""

    name: str
    role: str | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon class of the codebook."""

    code: str


@quick
@dataclass(frozen=True, slots=True)
class Source:
    """Who is quoted. `kind` is a code of the codebook (agency, outlet, ngo, official, party, witness, …)."""

    name_en: str
    name_ar: str
    kind: str


Value = Quantity | DateRange | Place | Actor | Person | Weapon | Source


@quick
@dataclass(frozen=True, slots=True)
class Mention(Generic[V]):
    """One mention: tokens `first` (in) to `last` (out) of sentence `sentence` of the document.

    `prefix` holds the clitics written before the first word ("و", "ب", "ولل"), which belong to the grammar and
    not to the name; `span` leaves them out. `considered` lists the readings that lost, best first.
    """

    kind: MentionKind
    sentence: int
    first: int
    last: int
    span: Span
    value: V
    rule: str
    prefix: str = ""
    considered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything the text names, each kind in reading order (sentence, first token)."""

    numbers: tuple[Mention[Quantity], ...] = ()
    dates: tuple[Mention[DateRange], ...] = ()
    places: tuple[Mention[Place], ...] = ()
    actors: tuple[Mention[Actor], ...] = ()
    persons: tuple[Mention[Person], ...] = ()
    weapons: tuple[Mention[Weapon], ...] = ()
    sources: tuple[Mention[Source], ...] = ()
