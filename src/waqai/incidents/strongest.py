"""The strongest link of each report: it decides which other links join components, so that each report's part is small.

A report is linked to many that tell something alike; it is about what its strongest link is about. Where only the links that
come near the strongest of both their ends join, a city's days fall apart into what happened on them, and a new report touches
little. Each report is joined by its strongest link too, however much stronger the other end is linked elsewhere: who tells
least of a happening is linked to those who tell much of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waqai.incidents.features import Bools, Floats, Ints, Told

REACH = 4.0
"""Bits by which a link may be weaker than the strongest of either end and still join their components."""
NONE = -1
Rows = npt.NDArray[np.int32] | Ints


@dataclass(frozen=True, slots=True)
class Links:
    """Judged pairs of rows, and their bits."""

    one: Rows
    other: Rows
    bits: Floats

    def where(self, some: Bools) -> "Links":
        """Those of the links of which this holds."""
        return Links(self.one[some], self.other[some], self.bits[some])


def joined(parts: Sequence[Links]) -> Links:
    """All of these links."""
    none = np.zeros(0, dtype=np.int32)
    return Links(
        np.concatenate([none, *(links.one for links in parts)]),
        np.concatenate([none, *(links.other for links in parts)]),
        np.concatenate([none.astype(np.float32), *(links.bits for links in parts)]),
    )


@dataclass(frozen=True, slots=True)
class Strongest:
    """For each row the bits of its strongest link that reaches the threshold (-inf: it has none), and the row to which it
    leads (-1: none); of links as strong as each other the one to the smallest id."""

    bits: Floats
    to: Ints

    def joining(self, links: Links, threshold: float) -> Bools:
        """Which of the links join the components of their ends."""
        near = links.bits >= np.maximum(self.bits[links.one], self.bits[links.other]) - REACH
        own = (self.to[links.one] == links.other) | (self.to[links.other] == links.one)
        return np.asarray((links.bits >= threshold) & (near | own))


def strongest(outlines: Sequence[Told], links: Links, threshold: float) -> Strongest:
    """The strongest of these links for each of the reports."""
    bits = np.full(len(outlines), -np.inf, dtype=np.float32)
    to = np.full(len(outlines), NONE, dtype=np.int64)
    strong = links.where(links.bits >= threshold)
    np.maximum.at(bits, strong.one, strong.bits)
    np.maximum.at(bits, strong.other, strong.bits)
    row = np.concatenate([strong.one, strong.other])
    end = np.concatenate([strong.other, strong.one])
    best = np.concatenate([strong.bits, strong.bits]) == bits[row]
    row, end = row[best], end[best]
    rank = np.empty(len(outlines), dtype=np.int64)
    rank[np.argsort(np.array([outline.report_id for outline in outlines]), kind="stable")] = np.arange(len(outlines))
    order = np.lexsort((rank[end], row))
    row, end = row[order], end[order]
    first = np.flatnonzero(np.diff(row, prepend=NONE))
    to[row[first]] = end[first]
    return Strongest(bits, to)
