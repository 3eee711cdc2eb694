"""Features: what is compared of each report, as columns of numbers, so that millions of pairs can be judged at once."""

import datetime as dt
import zlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from waqai.incidents.places import PlacePairs
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Outline
from waqai.model.mention import Actor, DateRange, Place

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]
OPEN_END = 1_000_000
NONE = -1
MODALITIES = ("happened", "attempted", "denied", "planned")
NO_DAY = -1
HALF = 64
_PARTS = 6
_Row = tuple[tuple[int, ...], int]  # the numbers of the parts of a report, its day, article and text; and its words
UNSAID = frozenset({"unknown", "civilians"})


class Sketch(Protocol):
    """A report whose outline is packed: as much of it as has to be known without opening it. See `Outline`."""

    @property
    def report_id(self) -> str:
        """The id of the report."""

    @property
    def packed(self) -> str:
        """Its outline as `Packing.pack` made it."""

    @property
    def article_key(self) -> str:
        """The key of its article."""

    @property
    def copy_of(self) -> str:
        """The key of the earliest article of which that is a near-copy."""

    @property
    def day(self) -> str:
        """The day from which the record can have known it."""


class Opening(Protocol):
    """What opens the lines of packed outlines: see `records_reading.Packing`."""

    @property
    def values(self) -> Callable[[str], tuple[Any, ...]]:
        """Of what it tells, and of its numbers."""

    @property
    def actors(self) -> Callable[[str], tuple[Actor, ...]]:
        """Of whom it names in a role."""

    @property
    def place(self) -> Callable[[str], Place | None]:
        """Of its place."""

    @property
    def date(self) -> Callable[[str], DateRange | None]:
        """Of its days."""


Told = Outline | Sketch


@dataclass(frozen=True, slots=True)
class Features:
    """A column for each thing compared; row i is `outlines[i]`. -1 stands for what is not told.

    Sets (camps, actors, words) are bits, in columns of 64, `said` the number of those of words; days are counted from year 1.
    `parts` are the numbers of what is told, both sides, place, days and tolls: what has the same number is the same.
    """

    outlines: Sequence[Told]
    places: PlacePairs
    type: Ints
    modality: Ints
    background: Bools
    place: Ints
    start: Ints
    end: Ints
    published: Bools
    time: Ints
    side1: Bits
    side2: Bits
    friends1: Bits
    friends2: Bits
    actors: Bits
    killed: Ints
    injured: Ints
    target: Ints
    weapon: Ints
    words: Bits
    said: Ints
    known: Ints
    article: Ints
    text: Ints
    parts: Ints

    def __len__(self) -> int:
        return len(self.outlines)


def features(outlines: Sequence[Told], maker: "Maker") -> Features:
    """The columns of these reports, in their order."""
    own, words = maker.rows(outlines)
    told, side1, side2, place, date, tolls = own[:, :_PARTS].T
    types, dates, numbers = maker.told.columns(), maker.dates.columns(), maker.tolls.columns()
    camps, friends, actors = maker.sides()
    return Features(
        outlines,
        maker.places,
        type=types[told, 0],
        modality=types[told, 1],
        background=types[told, 2].astype(np.bool_),
        target=types[told, 3],
        weapon=types[told, 4],
        place=maker.placed.columns()[place, 0],
        start=dates[date, 0],
        end=dates[date, 1],
        published=dates[date, 2].astype(np.bool_),
        time=dates[date, 3],
        killed=numbers[tolls, :2],
        injured=numbers[tolls, 2:],
        side1=camps[side1],
        side2=camps[side2],
        friends1=friends[side1],
        friends2=friends[side2],
        actors=actors[side1] | actors[side2],
        words=words,
        said=np.bitwise_count(words).sum(axis=1, dtype=np.int64),
        known=own[:, 6],
        article=own[:, 7],
        text=own[:, 8],
        parts=own[:, :_PARTS],
    )


class _Parts:
    """Distinct parts of reports, each numbered once, with the row of numbers that is compared of each."""

    def __init__(self, width: int) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._held: list[object] = []  # a part whose key is its identity has to stay
        self._rows: list[Sequence[int]] = []
        self._columns = np.zeros((0, width), dtype=np.int64)

    def number(self, key: Hashable, part: object, row: Callable[[Any], Sequence[int]]) -> int:
        """The number of a part; where the key is met first, `row` tells what is compared of it."""
        found = self._numbers.get(key)
        if found is None:
            self._rows.append(row(part))
            found = self._numbers[key] = len(self._held)
            self._held.append(part)
        return found

    def columns(self) -> Ints:
        """What is compared, a row for each part."""
        if self._rows:
            self._columns = np.concatenate([self._columns, np.array(self._rows, dtype=np.int64)])
            self._rows = []
        return self._columns


class Maker:
    """Numbers for names, each given out once, and the rows of reports that were met: one maker for what is done together.

    Reports share their parts (a place, a date, a side): a part that is the same object, or the same line, is looked at once.
    """

    def __init__(self, knowledge: IncidentKnowledge, opening: Opening | None = None) -> None:
        """Start with nothing met. Packed outlines need an `opening`."""
        self._opening = opening
        self.places = PlacePairs(knowledge)
        self.told, self.placed, self.dates, self.tolls = _Parts(5), _Parts(1), _Parts(4), _Parts(4)
        self._longest = knowledge.longest
        self._types = {name: number for number, name in enumerate(knowledge.same)}
        self._times = {name: number for number, name in enumerate(dict.fromkeys(knowledge.times))}
        self._allies = {camp: sorted(allies - UNSAID) for camp, allies in knowledge.allies.items()}
        self._camps: dict[str, int] = {}
        self._weapons = {name: number for number, name in enumerate(knowledge.codebook.weapons)}
        self._targets: dict[str, int] = {}
        self._articles: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._sides: dict[tuple[Actor, ...], int] = {}
        self._side_of: dict[int, tuple[int, tuple[Actor, ...]]] = {}
        self._lines: dict[str, int] = {}
        self._days: dict[str, int] = {}
        self._bits: list[tuple[int, int, int]] = []
        self._met: dict[str, tuple[Told, int]] = {}
        self._rows = np.zeros((0, _PARTS + 3), dtype=np.int64)
        self._words = np.zeros((0, 1), dtype=np.uint64)

    def rows(self, outlines: Sequence[Told]) -> tuple[Ints, Bits]:
        """The numbers of the parts of each report, then its day, article and text; and its words."""
        met = self._met
        new = [one for one in outlines if (held := met.get(one.report_id)) is None or held[0] is not one]
        if new:
            first = len(self._rows)
            made = [self._new_row(one) if isinstance(one, Outline) else self._packed_row(one) for one in new]
            self._rows = np.concatenate([self._rows, np.array([row for row, _ in made], dtype=np.int64)])
            self._words = _below(self._words, _columns([words for _, words in made]))
            met |= {one.report_id: (one, number) for number, one in enumerate(new, first)}
        numbers = np.array([met[one.report_id][1] for one in outlines], dtype=np.int64)
        return self._rows[numbers], self._words[numbers]

    def _packed_row(self, one: Sketch) -> _Row:
        """The same of a report whose outline is packed: a line that was met is not opened."""
        told, actor1, actor2, place, date, tolls, marks = one.packed.split("\n")
        day = self._days.get(one.day)
        if day is None:
            day = self._days[one.day] = dt.date.fromisoformat(one.day).toordinal()
        row = (
            self.told.number(told, told, self._told_line),
            self._side_line(actor1),
            self._side_line(actor2),
            self.placed.number(place, place, self._place_line),
            self.dates.number(date, date, self._date_line),
            self.tolls.number(tolls, tolls, self._toll_line),
            day,
            self._articles.setdefault(one.article_key, len(self._articles)),
            self._texts.setdefault(one.copy_of, len(self._texts)),
        )
        return row, int(marks[1:-1], 16)

    @property
    def _open(self) -> Opening:
        if self._opening is None:
            raise ValueError("packed outlines need what opens them")
        return self._opening

    def _told_line(self, line: str) -> Sequence[int]:
        return self._told_row(self._open.values(line))

    def _place_line(self, line: str) -> Sequence[int]:
        return self._place_row(self._open.place(line))

    def _date_line(self, line: str) -> Sequence[int]:
        return self._date_row(self._open.date(line))

    def _toll_line(self, line: str) -> Sequence[int]:
        return _toll_row(self._open.values(line))

    def _side_line(self, line: str) -> int:
        found = self._lines.get(line)
        if found is None:
            found = self._lines[line] = self._side(self._open.actors(line))
        return found

    def _new_row(self, one: Outline) -> _Row:
        told = (one.sub_event_type, one.modality, one.background, one.target, one.weapon)
        tolls = (one.killed, one.injured)
        row = (
            self.told.number(told, told, self._told_row),
            self._side(one.actor1),
            self._side(one.actor2),
            self.placed.number(id(one.place), one.place, self._place_row),
            self.dates.number(id(one.date), one.date, self._date_row),
            self.tolls.number(tolls, tolls, _toll_row),
            one.known.toordinal(),
            self._articles.setdefault(one.article_key, len(self._articles)),
            self._texts.setdefault(one.copy_of, len(self._texts)),
        )
        return row, one.marks

    def _told_row(self, told: tuple[Any, ...]) -> Sequence[int]:
        type, modality, background, target, weapon = told
        aim = NONE if target is None else self._targets.setdefault(target, len(self._targets))
        arm = NONE if weapon is None else self._weapons.get(weapon, NONE)
        return self._types[type], MODALITIES.index(modality), background, aim, arm

    def _place_row(self, place: Place | None) -> Sequence[int]:
        return (self.places.number(place),)

    def _date_row(self, date: DateRange | None) -> Sequence[int]:
        start, end = days(date, self._longest)
        time = self._times.get(date.time, NONE) if date is not None and date.time else NONE
        return start, end, date is not None and date.basis == "published", time

    def _side(self, actors: tuple[Actor, ...]) -> int:
        """The number of those named in one role."""
        held = self._side_of.get(id(actors))
        if held is None:
            number = self._sides.get(actors)
            if number is None:
                number = self._sides[actors] = len(self._bits)
                self._bits.append(self._new_side(actors))
            held = self._side_of[id(actors)] = number, actors
        return held[0]

    def sides(self) -> tuple[Bits, Bits, Bits]:
        """By the number of a side its camps, their allies, and the actors themselves."""
        camps, friends, actors = zip(*self._bits, strict=True) if self._bits else ((), (), ())
        return _columns(camps), _columns(friends), _columns(actors)

    def _new_side(self, actors: tuple[Actor, ...]) -> tuple[int, int, int]:
        """The camps of a role, their allies, and the actors themselves.

        Civilians stand only where nobody else does, and "unknown" never; words like "the factions" name no actor.
        """
        camps = civilians = friends = named = 0
        for actor in actors:
            for ally in self._allies.get(actor.camp, ()):
                friends |= self._camp(ally)
            if actor.camp == "civilians":
                civilians = self._camp(actor.camp)
            elif actor.camp != "unknown":
                camps |= self._camp(actor.camp)
                named |= 0 if actor.generic else 1 << (zlib.crc32(actor.id.encode()) % HALF)
        return camps or civilians, friends, named

    def _camp(self, camp: str) -> int:
        """A bit for each camp, given out as they are met: one report's world rarely has more than sixty."""
        return self._camps.setdefault(camp, 1 << len(self._camps))


def _columns(sets: Sequence[int]) -> Bits:
    """Sets of bits as columns of 64, as few as hold them."""
    width = max(1, -(-max(sets, default=0).bit_length() // HALF))
    packed = b"".join([bits.to_bytes(width * HALF // 8, "little") for bits in sets])
    return np.frombuffer(packed, dtype="<u8").astype(np.uint64).reshape(-1, width)


def _below(one: Bits, other: Bits) -> Bits:
    """Columns with others below them, as wide as the wider."""
    width = max(one.shape[1], other.shape[1])
    return np.concatenate([np.pad(bits, ((0, 0), (0, width - bits.shape[1]))) for bits in (one, other)])


def span(outline: Outline, longest: int) -> tuple[int, int]:
    """First and last day of a report, counted from year 1; (-1, -1) when it has none or spans more than `longest` days."""
    return days(outline.date, longest)


def days(date: DateRange | None, longest: int) -> tuple[int, int]:
    """The same of a date."""
    if date is None or date.start is None or date.end is None:
        return NO_DAY, NO_DAY
    lasting: dt.timedelta = date.end - date.start
    if not 0 <= lasting.days < longest:
        return NO_DAY, NO_DAY
    return date.start.toordinal(), date.end.toordinal()


def _toll_row(tolls: tuple[Any, ...]) -> Sequence[int]:
    return (*_range(tolls[0]), *_range(tolls[1]))


def _range(toll: tuple[int, int | None] | None) -> tuple[int, int]:
    if toll is None:
        return NONE, NONE
    low, high = toll
    return min(low, OPEN_END), OPEN_END if high is None else min(max(low, high), OPEN_END)
