"""Tokens: words, numbers and punctuation marks of a folded text, with their positions."""

import re
import sys
from functools import lru_cache

TOKEN = re.compile(
    r"\d+(?:[.,،/:-]\d+)*"  # 12  2,5  3.000  27/11/2024  10:30
    r"|[\u0621-\u063a\u0641-\u064a\u066e-\u06d3]+"  # an Arabic word
    r"|[a-z\u00c0-\u024f][a-z0-9\u00c0-\u024f]*"  # a Latin word
    r"|\.{2,}|[^\s\w]"  # punctuation, dots together
)
LONGEST_KEPT = 32  # letters of a piece between spaces that is remembered: bounds memory on hostile text


def tokenize(
    folded: str, start: int = 0, end: int | None = None
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """Words, their starts and their ends (positions in `folded`) between `start` and `end`.

    >>> tokenize("قصف 12 موقعا.")[0]
    ('قصف', '12', 'موقعا', '.')
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = start
    for piece in folded[start:end].split(" "):  # no token holds a space
        size = len(piece)
        parts = _remembered(piece) if size <= LONGEST_KEPT else _parts(piece)
        if isinstance(parts, str):
            words.append(parts)
            starts.append(position)
            ends.append(position + size)
        else:
            for word, first, last in parts:
                words.append(word)
                starts.append(position + first)
                ends.append(position + last)
        position += size + 1
    return tuple(words), tuple(starts), tuple(ends)


def _parts(piece: str) -> str | tuple[tuple[str, int, int], ...]:
    """The tokens of what stands between two spaces, with their places in it; the token alone when it is one.

    A word is one object wherever it stands: the memos of words that come after find it without comparing letters.
    """
    parts = tuple((sys.intern(m.group()), m.start(), m.end()) for m in TOKEN.finditer(piece))
    return parts[0][0] if len(parts) == 1 and parts[0][0] == piece else parts


@lru_cache(maxsize=65536)
def _remembered(piece: str) -> str | tuple[tuple[str, int, int], ...]:
    return _parts(piece)
