"""Tokens: words, numbers and punctuation marks of a folded text, with their positions."""

import re

TOKEN = re.compile(
    r"\d+(?:[.,،/:-]\d+)*"  # 12  2,5  3.000  27/11/2024  10:30
    r"|[\u0621-\u063a\u0641-\u064a\u066e-\u06d3]+"  # an Arabic word
    r"|[a-z\u00c0-\u024f][a-z0-9\u00c0-\u024f]*"  # a Latin word
    r"|\.{2,}|[^\s\w]"  # punctuation, dots together
)


def tokenize(
    folded: str, start: int = 0, end: int | None = None
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """Words, their starts and their ends (positions in `folded`) between `start` and `end`.

    >>> tokenize("قصف 12 موقعا.")[0]
    ('قصف', '12', 'موقعا', '.')
    """
    found = list(TOKEN.finditer(folded, start, len(folded) if end is None else end))
    return tuple(m.group() for m in found), tuple(m.start() for m in found), tuple(m.end() for m in found)
