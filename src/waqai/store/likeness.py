"""How alike two texts are: marks that near-copies share, and the judgement on two of them.

A text is seen as its runs of three words, folded, from the lines that are prose (six words or more: menus, by-lines and
an agency's name alone do not count). Thirty-two marks of 64 bits are made of it by MinHash, three least values in each. Texts
that share two marks are compared: of pairs that have 60 in 100 runs in common 99 in 100 are, with 43 in 100 (one twice as
long as the other) 73, with 10 in 100 none in a thousand. Marks only find candidates; `is_copy` decides on the runs.

The threshold. Of the shorter text's runs nearly all must stand in the longer one, which may be up to twice as long (an
added headline, an agency's line, a paragraph of background). An editor who only leaves words out breaks runs, but brings no
word that is not in the longer text: then 15 in a hundred runs may be missing. Where the shorter one has words of its own, two
runs may be missing, which is a first or last word changed: a number or a town replaced in the middle costs three, and
makes it another report. Beyond 60 runs, 15 in a hundred more may be missing. Short texts must also have appeared within
three days of each other: a sentence on the shelling of a town that is told each month is not one report.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

BANDS, ROWS = 32, 3
SHARED = 2
"""Marks that two texts must share to be compared."""
SHORT = 60  # runs
EDGE = 2  # runs that may be missing in a short text
LOOSE = 0.15  # share of the runs that may be missing: of those beyond SHORT, or of all when no word is new
LONGER = 2.0  # times that the longer text may be as long
LEAST = 8  # runs of a text that may be a changed copy at all
DAYS = 3  # between two short texts that are copies
_PROSE = 6  # words of a line that is prose
_RUN = 3
_MOST = 20_000  # runs of a text that are looked at: bounds the work on a book
_SKETCH, _TOP = (
    1024,
    54,
)  # bits of a sketch; a hash says by what is left of it above so many bits which of them is its own
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of an article is compared: the hashes of its runs (ascending, each once) and of its words, its day if known."""

    runs: Numbers
    words: Numbers
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Look:
    """All that near-copies of a text are found by, as plain as can be, since it goes from process to process: the hashes of its
    runs and words (eight bytes each), its day, a hash of what is compared ("" for a text without runs), its marks, its sketch."""

    runs: bytes
    words: bytes
    published: dt.date | None
    alike: str
    marks: tuple[int, ...]
    sketch: "Sketch"

    @property
    def likeness(self) -> Likeness:
        """What of the text is compared."""
        runs, words = (np.frombuffer(held, dtype=np.uint64) for held in (self.runs, self.words))
        return Likeness(runs, words, self.published)


class Sketch(NamedTuple):
    """How many runs a text has, and a bit for each of them, of 1,024, that some share: little enough to be remembered of very
    many texts."""

    size: int
    bits: int

    def may_be_copy(self, other: "Sketch") -> bool:
        """What the sketches of two texts say already: False when they cannot be copies. Never where `is_copy` says that they are.

        A bit of one that the other lacks stands for a run, at least, that is missing there.
        """
        shorter, longer = sorted((self, other))
        missing = (shorter.bits & ~longer.bits).bit_count()
        return missing <= max(_missing(shorter.size), LOOSE * shorter.size)


def look(lines: Sequence[Sequence[str]], published: dt.date | None) -> Look:
    """How a text looks, given as the folded words of its lines, that appeared on this day."""
    found = likeness(lines, published)
    name = alike(found) if len(found.runs) else ""
    return Look(found.runs.tobytes(), found.words.tobytes(), published, name, marks(found), _sketch(found.runs))


def likeness(lines: Sequence[Sequence[str]], published: dt.date | None) -> Likeness:
    """What is compared of a text, given as the folded words of its lines, that appeared on this day."""
    hashes = np.fromiter(map(_hash, _prose(lines)), dtype=np.uint64)[: _MOST + _RUN]
    size = len(hashes) - _RUN + 1
    if size < 1:
        return Likeness(np.empty(0, dtype=np.uint64), hashes, published)
    runs = np.zeros(size, dtype=np.uint64)
    for i, factor in enumerate(_MIX):
        runs += hashes[i : i + size] * np.uint64(factor | 1)
    return Likeness(np.unique(_mixed(runs)), hashes, published)


def marks(likeness: Likeness) -> tuple[int, ...]:
    """The marks of a text (signed, 64 bits, each once): texts that share none are held for different.

    A text of less than three words has none.
    """
    if not len(likeness.runs):
        return ()
    bands = (likeness.runs[None, :] * _factors()[:, None]).min(axis=1).reshape(BANDS, ROWS)
    found = np.arange(BANDS, dtype=np.uint64)
    for row in range(ROWS):
        found = _mixed(found * np.uint64(_MIX[0]) + bands[:, row])
    return tuple(dict.fromkeys(found.astype(np.int64).tolist()))


def alike(likeness: Likeness) -> str:
    """A hash (hex) of all that `is_copy` looks at: texts that have the same one are copies, and of the same others.

    The day is part of it where it can matter: for a text that is short, or may be the longer one beside a short one.
    """
    words = np.unique(likeness.words)
    day = likeness.published if len(likeness.runs) <= LONGER * SHORT + EDGE else None
    parts = (str(len(likeness.runs)).encode(), likeness.runs.tobytes(), words.tobytes(), str(day).encode())
    return blake2b(b"|".join(parts), digest_size=32).hexdigest()


def may_be_copies(one: tuple[int, dt.date | None], two: tuple[int, dt.date | None]) -> bool:
    """What length (in runs) and day of two texts say already: False when they cannot be copies."""
    size, most = sorted((one[0], two[0]))
    if not size or most > LONGER * size + EDGE:
        return False
    return not (size < SHORT and one[1] and two[1] and abs((one[1] - two[1]).days) > DAYS)


def is_copy(one: Likeness, two: Likeness) -> bool:
    """Whether two texts are one that was printed twice; the same answer whichever comes first."""
    if not may_be_copies((len(one.runs), one.published), (len(two.runs), two.published)):
        return False
    shorter, longer = (one, two) if len(one.runs) <= len(two.runs) else (two, one)
    size = len(shorter.runs)
    missing = size - len(np.intersect1d(shorter.runs, longer.runs, assume_unique=True))
    if size < LEAST:
        return missing == 0
    if missing <= _missing(size):
        return True
    if missing > LOOSE * size:
        return False
    return _within(shorter, longer) or (len(longer.runs) == size and _within(longer, shorter))


def _missing(size: int) -> float:
    """How many runs of a text of this length may be missing whatever its words are."""
    return EDGE + LOOSE * max(0, size - SHORT)


def _sketch(runs: Numbers) -> Sketch:
    bits = np.zeros(_SKETCH, dtype=np.uint8)
    bits[(runs >> np.uint64(_TOP)).astype(np.int64)] = 1
    return Sketch(len(runs), int.from_bytes(np.packbits(bits).tobytes(), "big"))


def _within(one: Likeness, two: Likeness) -> bool:
    """Whether every word of one stands in the other."""
    return bool(np.isin(one.words, two.words).all())


def _prose(lines: Sequence[Sequence[str]]) -> list[str]:
    prose = [word for line in lines if len(line) >= _PROSE for word in line]
    return prose or [word for line in lines for word in line]


@lru_cache(maxsize=131072)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(values: Numbers) -> Numbers:
    """The values with every bit spread over all others."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX[1])
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_MIX[2])
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=1)
def _factors() -> Numbers:
    """Odd numbers, one for each least value; never to be changed: the marks in records are made with them."""
    with np.errstate(over="ignore"):
        numbers = _mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(_MIX[0]))
    return numbers | np.uint64(1)
