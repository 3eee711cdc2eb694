"""Comparing: on which level each field of two reports agrees, and what that adds up to. Nothing else is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from waqai.incidents.features import MODALITIES, OPEN_END, Bools, Features, Floats, Ints
from waqai.knowledge.incidents import LEVELS, IncidentKnowledge

NUMBER = {field: {name: number for number, name in enumerate(names)} for field, names in LEVELS.items()}
MANY_KILLED, SEVERAL = 10, 2
FAR_RATIO, FAR_NUMBER = 3, 10
RISE = 6
MOST_WORDS, MANY_WORDS, FEW_WORDS, LEAST_WORDS = 0.6, 0.3, 0.08, 4
WIDE = ("area", "same_governorate", "governorate")
AGAINST = (
    *(("actor1", "different"), ("actor1", "different_takers"), ("killed", "different"), ("killed", "far")),
    *(("target", "different"), ("weapon", "different"), ("time", "different")),
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows that may be one happening: `one[i]` and `other[i]` with the level of their places, one < other."""

    one: Ints
    other: Ints
    place: Ints

    def where(self, some: Bools) -> "Pairs":
        """Those of the pairs of which this holds."""
        return Pairs(self.one[some], self.other[some], self.place[some])


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs that can be compared at all, their bits, and for every field the level (-1: none that counts)."""

    one: Ints
    other: Ints
    bits: Floats
    levels: Mapping[str, Ints]


class Judge:
    """The weights as tables, and the comparison that uses them."""

    def __init__(self, knowledge: IncidentKnowledge) -> None:
        """Take the weights of the knowledge."""
        self.knowledge = knowledge
        types = list(knowledge.same)
        self.types = np.full((len(types), len(types)), np.nan)
        for row, one in enumerate(types):
            for column, other in enumerate(types):
                if one == other:
                    self.types[row, column] = knowledge.same[one]
                elif (one, other) in knowledge.together:
                    self.types[row, column] = knowledge.together[one, other].weight
        self.unordered, self.transfers, self.takings = (
            np.array([name in group for name in types])
            for group in (knowledge.unordered, knowledge.transfers, knowledge.takings)
        )
        self._weights = {
            field: np.array([*(level.weight for level in levels.values()), 0.0])
            for field, levels in knowledge.fields.items()
        }
        weapons = knowledge.codebook.weapons
        self._alike = np.array([[(one, other) in knowledge.alike for other in weapons] for one in weapons])
        self._next_times = _neighbours(knowledge.times)

    def compare(self, f: Features, pairs: Pairs) -> Compared:
        """Those of the pairs that may be one happening, judged; order is kept."""
        may = self.may(f, pairs.one, pairs.other)
        pairs = pairs.where(may)
        dates = self.dates(f, pairs.one, pairs.other)
        on = dates["date"] >= 0
        a, b, place = pairs.one[on], pairs.other[on], pairs.place[on]
        taken = self.takings[f.type[a]] & self.takings[f.type[b]] & (place == NUMBER["place"]["inside"])
        place = np.where(taken, NUMBER["place"]["part_taken"], place)
        levels = {"place": place} | {field: found[on] for field, found in dates.items()} | self.parties(f, a, b)
        levels |= self.tolls(f, a, b, self.later(f, a, b)) | self.told(f, a, b)
        levels |= {"words": self.words(f, a, b), "text": self.text(f, a, b)}
        bits = self.types[f.type[a], f.type[b]].copy()
        for field, found in levels.items():
            bits += self._weights[field][found]
        wide = _any_of(levels, [("place", name) for name in WIDE]) & _any_of(levels, AGAINST)
        bits[wide] = np.minimum(bits[wide], self.knowledge.apart)
        return Compared(a, b, bits.astype(np.float32), levels)

    def weights(self, field: str) -> npt.NDArray[np.float64]:
        """The bits of each level of a field, and those of none (at -1)."""
        return self._weights[field]

    def may(self, f: Features, a: Ints, b: Ints) -> Bools:
        """Which pairs can be compared: their types go together, and both are plans or none is."""
        planned = MODALITIES.index("planned")
        together = ~np.isnan(self.types[f.type[a], f.type[b]])
        return np.asarray(together & ((f.modality[a] == planned) == (f.modality[b] == planned)))

    def told(self, f: Features, a: Ints, b: Ints) -> dict[str, Ints]:
        """The levels of what is told of the event itself."""
        return {
            "target": _codes(f.target[a], f.target[b]),
            "weapon": self._weapons_of(f.weapon[a], f.weapon[b]),
            "modality": _modality(f, a, b),
            "background": np.where(f.background[a] != f.background[b], 0, -1),
        }

    def dates(self, f: Features, a: Ints, b: Ints) -> dict[str, Ints]:
        """The levels of days and times; -1 as that of the days where they are apart."""
        return {"date": _dates(f, a, b), "time": self._times(f, a, b)}

    def tolls(self, f: Features, a: Ints, b: Ints, later: Bools) -> dict[str, Ints]:
        """The levels of the numbers; `later` says which pairs tell the higher number of killed on a later day."""
        return {"killed": _killed(f, a, b, later), "injured": _injured(f, a, b)}

    def later(self, f: Features, a: Ints, b: Ints) -> Bools:
        """Which pairs tell the higher number of killed on a later day."""
        more = f.killed[a, 0] > f.killed[b, 0]
        return np.where(more, f.known[a] > f.known[b], f.known[b] > f.known[a])

    def words(self, f: Features, a: Ints, b: Ints) -> Ints:
        """The levels of the words of the evidence."""
        return _words(f, a, b)

    def text(self, f: Features, a: Ints, b: Ints) -> Ints:
        """The levels of the texts: near-copies of one or not."""
        return np.where(f.text[a] == f.text[b], 0, -1)

    def _times(self, f: Features, a: Ints, b: Ints) -> Ints:
        x, y = f.time[a], f.time[b]
        said = (x >= 0) & (y >= 0) & (f.start[a] == f.end[a]) & (f.start[a] == f.start[b]) & (f.end[a] == f.end[b])
        found = np.full(len(a), -1)
        found[said & (x == y)] = NUMBER["time"]["same"]
        found[said & ~self._next_times[x, y]] = NUMBER["time"]["different"]
        return found

    def _weapons_of(self, x: Ints, y: Ints) -> Ints:
        level = NUMBER["weapon"]
        known = np.where(self._alike[x, y], level["alike"], level["different"])
        return np.where((x >= 0) & (y >= 0), np.where(x == y, level["same"], known), -1)

    def parties(self, f: Features, a: Ints, b: Ints) -> dict[str, Ints]:
        """The levels of those who take part."""
        level = NUMBER["actor1"]
        x1, x2, y1, y2 = f.side1[a], f.side2[a], f.side1[b], f.side2[b]
        loose = self.unordered[f.type[a]] | self.unordered[f.type[b]]
        leaving = self.transfers[f.type[a]] | self.transfers[f.type[b]]
        either = loose | leaving
        x, y = np.where(either[:, None], x1 | x2, x1), np.where(either[:, None], y1 | y2, y1)
        fx = np.where(either[:, None], f.friends1[a] | f.friends2[a], f.friends1[a])
        fy = np.where(either[:, None], f.friends1[b] | f.friends2[b], f.friends1[b])
        said = _some(x) & _some(y)
        found = np.where(said & ~leaving, level["different"], -1)
        takings = self.takings[f.type[a]] & self.takings[f.type[b]]
        found[said & takings] = level["different_takers"]
        found[said & _some(fx & y | fy & x)] = level["allies"]
        found[said & _some(x & y)] = level["same_camp"]
        found[said & _some(x & y) & _some(f.actors[a] & f.actors[b])] = level["same_actor"]
        straight = _some(x1 & y1) & _some(x2 & y2)
        crossed = _some(x1 & y2) & _some(x2 & y1)
        found[loose & (straight | crossed)] = level["both_sides"]
        second = np.where(_some(x2) & _some(y2) & ~either, NUMBER["actor2"]["different"], -1)
        second[_some(f.friends2[a] & y2 | f.friends2[b] & x2)] = -1
        second[_some(x2 & y2) & ~either] = NUMBER["actor2"]["same"]
        return {"actor1": found, "actor2": second}


def _neighbours(times: tuple[str, ...]) -> Bools:
    """Which parts of the day may be the same hour, by number; the last row and column stand for none."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(times))}
    found = np.eye(len(numbers) + 1, dtype=np.bool_)
    for one, other in pairwise(times):
        found[numbers[one], numbers[other]] = found[numbers[other], numbers[one]] = True
    found[-1, :] = found[:, -1] = True
    return found


def _some(bits: npt.NDArray[Any]) -> Bools:
    found = bits != 0
    return np.asarray(found[:, 0] if bits.shape[1] == 1 else found.any(axis=1))


def _any_of(levels: Mapping[str, Ints], wanted: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Bools:
    found = np.zeros(len(levels["place"]), dtype=np.bool_)
    for field, name in wanted:
        found |= levels[field] == NUMBER[field][name]
    return found


def _dates(f: Features, a: Ints, b: Ints) -> Ints:
    level = NUMBER["date"]
    days_a, days_b = f.end[a] - f.start[a] + 1, f.end[b] - f.start[b] + 1
    gap = np.maximum(f.start[a], f.start[b]) - np.minimum(f.end[a], f.end[b])
    single = (days_a == 1) & (days_b == 1)
    longer = np.maximum(days_a, days_b)
    published = np.where(days_a > days_b, f.published[a], f.published[b])
    published = np.where(days_a == days_b, f.published[a] & f.published[b], published)
    both = (days_a > 1) & (days_b > 1) & f.published[a] & f.published[b]
    found = np.full(len(a), level["year"])
    found[longer <= 31] = level["month"]
    found[longer <= 10] = level["week"]
    found[longer <= 6] = level["days"]
    found[published & (longer <= 6)] = level["published"]
    found[both] = level["published_overlap"]
    identical = (f.start[a] == f.start[b]) & (f.end[a] == f.end[b])
    found[identical & (longer <= 10)] = level["range"]
    found[single & (gap == 0)] = level["day"]
    found[gap == 1] = level["next_day"]
    earlier = f.start[a] <= f.start[b]
    first, second = np.where(earlier, f.time[a], f.time[b]), np.where(earlier, f.time[b], f.time[a])
    late, small = _late(first), _small(second)
    found[(gap == 1) & single & late & small] = level["overnight"]
    found[(gap > 1) | (f.start[a] < 0) | (f.start[b] < 0)] = -1
    return found


def _late(time: Ints) -> Bools:
    """Night or evening; `Features` numbers the times from night on, in the order of the day."""
    return np.asarray((time == 0) | (time == 5))


def _small(time: Ints) -> Bools:
    return np.asarray((time == 0) | (time == 1))


def _killed(f: Features, a: Ints, b: Ints, later: Bools) -> Ints:
    level = NUMBER["killed"]
    low_a, high_a, low_b, high_b = f.killed[a, 0], f.killed[a, 1], f.killed[b, 0], f.killed[b, 1]
    said = (low_a >= 0) & (low_b >= 0)
    equal = said & (low_a == low_b) & (high_a == high_b)
    more, less = np.maximum(low_a, low_b), np.minimum(high_a, high_b)
    apart = more - less
    found = np.where(said, level["different"], -1)
    found[said & (more > FAR_RATIO * np.maximum(less, 1)) & (apart >= FAR_NUMBER)] = level["far"]
    found[said & later & (more <= RISE * np.maximum(less, 1)) & (less >= SEVERAL)] = level["rising"]
    found[said & (apart <= np.maximum(1, less // 4))] = level["near"]
    found[said & (apart <= 0)] = level["overlap"]
    found[equal] = level["equal_one"]
    found[equal & (low_a >= SEVERAL)] = level["equal"]
    found[equal & (low_a >= MANY_KILLED) & (low_a < OPEN_END)] = level["equal_many"]
    found[equal & (low_a == 0)] = level["overlap"]
    return found


def _injured(f: Features, a: Ints, b: Ints) -> Ints:
    level = NUMBER["injured"]
    low_a, high_a, low_b, high_b = f.injured[a, 0], f.injured[a, 1], f.injured[b, 0], f.injured[b, 1]
    said = (low_a >= 0) & (low_b >= 0)
    more, less = np.maximum(low_a, low_b), np.minimum(high_a, high_b)
    found = np.full(len(a), -1)
    found[said & (more > FAR_RATIO * np.maximum(less, 1))] = level["far"]
    found[said & (more <= less)] = level["overlap"]
    found[said & (low_a == low_b) & (high_a == high_b) & (low_a > 1)] = level["equal"]
    return found


def _codes(x: Ints, y: Ints) -> Ints:
    said = (x >= 0) & (y >= 0)
    return np.where(said, np.where(x == y, 0, 1), -1)


def _words(f: Features, a: Ints, b: Ints) -> Ints:
    level = NUMBER["words"]
    x, y = f.said[a], f.said[b]
    shared = sum((np.bitwise_count(words[a] & words[b]) for words in f.words.T), np.zeros(len(a), dtype=np.int64))
    enough = (x >= LEAST_WORDS) & (y >= LEAST_WORDS)
    share = shared / np.maximum(x + y - shared, 1)
    found = np.full(len(a), -1)
    found[enough & (share >= MANY_WORDS)] = level["some"]
    found[enough & (share >= MOST_WORDS)] = level["many"]
    found[enough & (share < FEW_WORDS)] = level["few"]
    return found


def _modality(f: Features, a: Ints, b: Ints) -> Ints:
    x, y = f.modality[a], f.modality[b]
    attempted, denied = MODALITIES.index("attempted"), MODALITIES.index("denied")
    found = np.where((x == attempted) != (y == attempted), NUMBER["modality"]["attempted"], -1)
    found[(x == denied) != (y == denied)] = NUMBER["modality"]["denied"]
    return found
