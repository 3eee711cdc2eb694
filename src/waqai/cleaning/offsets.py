"""Changing a text and keeping the way back: edits become a new text and the map from it to the old one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from waqai.model.text import OffsetMap

Edit = tuple[int, int, str]  # start (in), end (out), the words that stand there from now on

IDENTITY = OffsetMap()


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The text after the edits (ascending, none overlapping, none empty in the old text) and the map back to it.

    Letter i of a replacement leads back to letter i of what it replaces, or to the last one where there are fewer.

    >>> apply_edits("قصـف", [(2, 3, "")])
    ('قصف', OffsetMap(starts=(0, 2), shifts=(0, 1)))
    """
    pieces: list[str] = []
    starts, shifts = [0], [0]
    done = length = shift = 0

    def run(position: int, value: int) -> None:
        if starts[-1] == position:
            shifts[-1] = value
        elif shifts[-1] != value:
            starts.append(position)
            shifts.append(value)

    for start, end, new in edits:
        pieces.append(text[done:start])
        length += start - done
        size = end - start
        for i in range(size, len(new)):
            run(length + i, end - 1 - length - i)
        pieces.append(new)
        length += len(new)
        done = end
        if shift != end - length:
            shift = end - length
            run(length, shift)
    if not pieces:
        return text, IDENTITY
    pieces.append(text[done:])
    return "".join(pieces), OffsetMap(tuple(starts), tuple(shifts))


def compose(later: OffsetMap, earlier: OffsetMap) -> OffsetMap:
    """The map that goes back through `later` and then through `earlier`."""
    if later == IDENTITY:
        return earlier
    if earlier == IDENTITY:
        return later
    starts: list[int] = []
    shifts: list[int] = []
    for i, (start, shift) in enumerate(zip(later.starts, later.shifts, strict=True)):
        old = start + shift
        row = bisect_right(earlier.starts, old) - 1
        starts.append(start)
        shifts.append(shift + earlier.shifts[row])
        if i + 1 < len(later.starts):
            stop = bisect_left(earlier.starts, later.starts[i + 1] + shift)
        else:
            stop = len(earlier.starts)
        for inner in range(row + 1, stop):
            starts.append(earlier.starts[inner] - shift)
            shifts.append(shift + earlier.shifts[inner])
    return OffsetMap(tuple(starts), tuple(shifts))
