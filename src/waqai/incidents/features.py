"""Features: what is compared of each report, as columns of numbers, so that millions of pairs can be judged at once."""

import datetime as dt
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from waqai.incidents.places import PlacePairs
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Outline
from waqai.model.mention import Actor

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]
OPEN_END = 1_000_000
NONE = -1
MODALITIES = ("happened", "attempted", "denied", "planned")
NO_DAY = -1
HALF = 64
UNSAID = frozenset({"unknown", "civilians"})


@dataclass(frozen=True, slots=True)
class Features:
    """A column for each thing compared; row i is `outlines[i]`. -1 stands for what is not told.

    Sets (camps, actors, words) are bits, in columns of 64, `said` the number of those of words; days are counted from year 1.
    """

    outlines: Sequence[Outline]
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

    def __len__(self) -> int:
        return len(self.outlines)


def features(outlines: Sequence[Outline], maker: "Maker") -> Features:
    """The columns of these reports, in their order."""
    rows = [maker.row(outline) for outline in outlines]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 21
    ints = [np.array(columns[i], dtype=np.int64) for i in range(13)]
    bits = [_columns(columns[i]) for i in range(13, 19)]
    return Features(
        outlines,
        maker.places,
        type=ints[0],
        modality=ints[1],
        background=ints[2].astype(np.bool_),
        place=ints[3],
        start=ints[4],
        end=ints[5],
        published=ints[6].astype(np.bool_),
        time=ints[7],
        known=ints[8],
        target=ints[9],
        weapon=ints[10],
        article=ints[11],
        text=ints[12],
        side1=bits[0],
        side2=bits[1],
        friends1=bits[2],
        friends2=bits[3],
        actors=bits[4],
        words=bits[5],
        said=np.array([outline.marks.bit_count() for outline in outlines], dtype=np.int64),
        killed=np.array(columns[19], dtype=np.int64).reshape(-1, 2),
        injured=np.array(columns[20], dtype=np.int64).reshape(-1, 2),
    )


class Maker:
    """Numbers for names, each given out once, and the rows of reports that were met: one maker for what is done together."""

    def __init__(self, knowledge: IncidentKnowledge) -> None:
        """Start with nothing met."""
        self.places = PlacePairs(knowledge)
        self._longest = knowledge.longest
        self._types = {name: number for number, name in enumerate(knowledge.same)}
        self._times = {name: number for number, name in enumerate(dict.fromkeys(knowledge.times))}
        self._allies = {camp: sorted(allies - UNSAID) for camp, allies in knowledge.allies.items()}
        self._camps: dict[str, int] = {}
        self._weapons = {name: number for number, name in enumerate(knowledge.codebook.weapons)}
        self._codes: dict[tuple[str, str], int] = {}
        self._sides: dict[Actor | tuple[Actor, ...], tuple[int, int, int]] = {}
        self._rows: dict[str, tuple[Outline, tuple[Any, ...]]] = {}

    def code(self, kind: str, value: str | None) -> int:
        """A number for a word of one kind; -1 for none."""
        return NONE if value is None else self._codes.setdefault((kind, value), len(self._codes))

    def weapon(self, weapon: str | None) -> int:
        """The number of a weapon in the codebook; -1 for none."""
        return NONE if weapon is None else self._weapons.get(weapon, NONE)

    def row(self, outline: Outline) -> tuple[Any, ...]:
        """All columns of one report."""
        held = self._rows.get(outline.report_id)
        if held is None or held[0] is not outline:
            held = self._rows[outline.report_id] = (outline, self._new_row(outline))
        return held[1]

    def _new_row(self, outline: Outline) -> tuple[Any, ...]:
        start, end = span(outline, self._longest)
        date = outline.date
        side1, friends1, actors1 = self._side(outline.actor1)
        side2, friends2, actors2 = self._side(outline.actor2)
        return (
            self._types[outline.sub_event_type],
            MODALITIES.index(outline.modality),
            outline.background,
            self.places.number(outline.place),
            start,
            end,
            date is not None and date.basis == "published",
            self._times.get(date.time, NONE) if date is not None and date.time else NONE,
            outline.known.toordinal(),
            self.code("target", outline.target),
            self.weapon(outline.weapon),
            self.code("article", outline.article_key),
            self.code("text", outline.copy_of),
            side1,
            side2,
            friends1,
            friends2,
            actors1 | actors2,
            outline.marks,
            _range(outline.killed),
            _range(outline.injured),
        )

    def _side(self, actors: tuple[Actor, ...]) -> tuple[int, int, int]:
        """The camps of a role, their allies, and the actors themselves."""
        if not actors:
            return 0, 0, 0
        key = actors[0] if len(actors) == 1 else actors
        found = self._sides.get(key)
        if found is None:
            found = self._sides[key] = self._new_side(actors)
        return found

    def _new_side(self, actors: tuple[Actor, ...]) -> tuple[int, int, int]:
        """Civilians stand only where nobody else does, and "unknown" never; words like "the factions" name no actor."""
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


def span(outline: Outline, longest: int) -> tuple[int, int]:
    """First and last day of a report, counted from year 1; (-1, -1) when it has none or spans more than `longest` days."""
    date = outline.date
    if date is None or date.start is None or date.end is None:
        return NO_DAY, NO_DAY
    days: dt.timedelta = date.end - date.start
    if not 0 <= days.days < longest:
        return NO_DAY, NO_DAY
    return date.start.toordinal(), date.end.toordinal()


def _range(toll: tuple[int, int | None] | None) -> tuple[int, int]:
    if toll is None:
        return NONE, NONE
    low, high = toll
    return min(low, OPEN_END), OPEN_END if high is None else min(max(low, high), OPEN_END)
