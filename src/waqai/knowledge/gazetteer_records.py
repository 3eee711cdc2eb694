"""The records of the gazetteer: places, the names that bear them, how words read; and how two places or spellings compare."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from waqai.knowledge.place_words import Head
from waqai.model.mention import Place, PlaceLevel

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
EACH_OTHER: Mapping[str, str] = {}
SAME_KM = 12.0
RIVAL = 15  # a place of another country is a rival of a well known one when its weight is no more than this below
# How Syrian p-codes begin, and the unit they name by their length: governorate, district, subdistrict.
SYRIA, UNITS = "SY", {4: 1, 6: 2, 8: 3}
PRECISION: dict[str, int] = {"site": 1, "neighbourhood": 1, "settlement": 1, "area": 3, "governorate": 4, "country": 6}
SPREAD_KM = {"area": 60.0, "governorate": 150.0, "country": 2000.0}


class Entry(NamedTuple):
    """A place of the gazetteer. `weight` (0-100) says how likely its name means it when nothing else is known."""

    id: str
    name_ar: str
    name_en: str
    lat: float
    lon: float
    feature: str
    level: PlaceLevel
    country: str
    governorate: str
    admin1: str
    pcode: str | None
    weight: int
    events: int

    def km(self, other: "Entry") -> float:
        """Distance in kilometres, good to a percent."""
        return distance(self.lat, self.lon, other.lat, other.lon)


class Candidate(NamedTuple):
    """An entry that bears a name; `exact` is False when the name is only another spelling of its own."""

    entry: Entry
    exact: bool


class Start(NamedTuple):
    """A way to read a word as the first of a name: clitics, rest, lengths (bit n: a name of n words begins so)."""

    prefix: str
    rest: str
    lengths: int


class Reading(NamedTuple):
    """What a folded word may be to a place's name.

    `starts` are the ways in which it may begin a known name, `longer` the words that begin names of several words when
    the next one fits, `single` the clitics and the key of the one-word name it is. `begins` says whether a name may
    begin here outside a list: 2 it may, 1 only a longer name, 0 none (a frequent word). `opens`: it may be a head noun
    or a direction; these follow with their clitics, `trunk` being those of "ريفها".
    """

    starts: tuple[Start, ...]
    longer: tuple[str, ...]
    single: tuple[str, str] | None
    begins: int
    opens: bool
    head: tuple[str, Head] | None
    direction: tuple[str, str] | None
    trunk: str | None


class Before(NamedTuple):
    """What the word before a name says: the name of a person or an organisation goes on, or a place follows."""

    other: bool
    place: bool


class Name(NamedTuple):
    """A folded name: the places that bear it, whether it is also a frequent word or a person's name, and the place it
    means to everybody, if it is known well and no other country has as well known a place of that name. `heaviest` is
    the greatest weight of its places. `weak`: common, and no well known place bears it; `negative`: no place at all
    ("صدى الشام"); `capital`: may stand for a government; `headed`: a place only after a head noun; `site`: its first
    word is a site's head noun.
    """

    candidates: tuple[Candidate, ...]
    heaviest: int
    common: bool
    clear: Entry | None
    weak: bool
    negative: bool
    capital: bool
    headed: bool
    site: bool


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points of the region (flat approximation).

    >>> round(distance(34.73, 36.71, 33.51, 36.29))
    141
    """
    return math.hypot(lat - lat2, (lon - lon2) * math.cos(math.radians((lat + lat2) / 2))) * 111.2


def spellings(word: str, letters: str = LETTERS, mates: Mapping[str, str] = EACH_OTHER) -> Iterator[str]:
    """Words one letter away from a folded word, and the word with or without its article.

    `letters` are those that may be put in or take the place of any other, `mates` those that may take the place of one.

    >>> "شيخون" in set(spellings("شيحون"))
    True
    >>> len(set(spellings("شيحون", "ا", {"ح": "خ"}))) < 30
    True
    """
    yield word[2:] if word.startswith("ال") else "ال" + word
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        for letter in mates.get(tail[:1], ""):
            yield head + letter + tail[1:]


def without_conjunction(word: str) -> str:
    """A word without the conjunction in front.

    >>> without_conjunction("وجيش")
    'جيش'
    """
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def same_place(a: Entry, b: Entry) -> bool:
    """Whether a curated place and one of the built file are the same: same country and level, close together."""
    kinds = ("settlement", "neighbourhood", "site")
    alike = a.level == b.level or (a.level in kinds and b.level in kinds)
    return alike and a.country == b.country and a.km(b) < SPREAD_KM.get(a.level, SAME_KM)


def read_row(line: str) -> Entry:
    """An entry from its line of the built file."""
    id_, ar, en, lat, lon, feature, level, country, governorate, admin1, pcode, weight, events = line.split("\t")
    return Entry(
        id_, ar, en, float(lat), float(lon), feature, level,  # type: ignore[arg-type]
        country, governorate, admin1, pcode or None, int(weight), int(events),
    )  # fmt: skip


def rivalled(best: Entry, candidates: Iterable[Candidate]) -> bool:
    """Whether another country has about as well known a place of the name."""
    rivals = [rival for rival, exact in candidates if exact and rival.country != best.country]
    return any(rival.weight > best.weight - RIVAL for rival in rivals)


def place_of(entry: Entry, sure: float = 1.0) -> Place:
    """The place an entry of the gazetteer is."""
    pcode = entry.pcode
    level = None
    if pcode is not None:
        level = UNITS.get(len(pcode)) if pcode.startswith(SYRIA) else 4
    return Place(
        entry.id, entry.name_ar, entry.name_en, entry.lat, entry.lon, entry.level, PRECISION[entry.level], None,
        entry.country, entry.governorate or None, pcode, level, sure,
    )  # fmt: skip
