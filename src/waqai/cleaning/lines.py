"""Lines that a typist or a mail program broke: put together again, so that a sentence is whole."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

SHORTEST, LONGEST = 45, 120  # characters of the longest line of a text that is broken by hand
LEAST = 6  # lines that are broken so
MOST_OF = 0.7  # of the lines that end in mid-sentence must have no room for the next word
ENDS = tuple('.!?؟:؛»"…')
STOP = re.compile(r"[.!?؟؛…](\s|$)")
SELDOM = 10  # lines of running text in which a full stop stands at the least
ALIKE = 0.25  # of the lines begin with the same two words: they are rows or items, and no running text
ITEM = re.compile(r"\s*([-–—•*▪●◦#+]|\d+\s*[-–.):/])")
COLUMNS = re.compile(r"\||\t|\S {2,}\S")


def rejoined(text: str) -> str:
    """The text with a space for each line break within a sentence, where its lines are broken at one width; else as it is.

    The length stays the same, so that every offset does.

    >>> import textwrap
    >>> told = ("قالت لجان التنسيق في بيان لها اليوم إن القوات قصفت بلدات عدة. ", "وأضافت أن سكان الريف الشرقي نزحوا نحو المدينة. ")
    >>> broken = textwrap.fill("".join(told) * 5, 60)
    >>> broken.count("\\n"), rejoined(broken).count("\\n")
    (9, 1)
    >>> rejoined("قصف على حلب\\nاشتباكات في حمص").count("\\n")
    1
    """
    lines = text.split("\n")
    width = max(len(line.strip()) for line in lines)
    if len(lines) <= LEAST or not SHORTEST <= width <= LONGEST or not _runs_on(lines):
        return text
    full = [_is_full(line, following, width) for line, following in pairwise(lines)]
    open_ended = [i for i, line in enumerate(lines[:-1]) if _breaks_off(line, lines[i + 1])]
    broken = [i for i in open_ended if full[i]]
    if len(broken) < LEAST or len(broken) < MOST_OF * len(open_ended):
        return text
    together = set(broken)
    return "".join(line + (" " if i in together else "\n") for i, line in enumerate(lines[:-1])) + lines[-1]


def _runs_on(lines: Sequence[str]) -> bool:
    """Whether lines may be running text: with full stops, and neither columns nor the same beginning over and over."""
    stops = sum(1 for line in lines[:-1] if STOP.search(line.strip())) * SELDOM >= len(lines) - 1
    columns = sum(1 for line in lines if COLUMNS.search(line.strip()))
    beginnings = Counter(tuple(line.split()[:2]) for line in lines if line.strip())
    same = max(beginnings.values(), default=0)
    return stops and columns < len(lines) * ALIKE and (same < 3 or same < len(lines) * ALIKE)


def _breaks_off(line: str, following: str) -> bool:
    if not line.strip() or not following.strip() or ITEM.match(following):
        return False
    return not line.rstrip().endswith(ENDS)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted into a line."""
    first = following.split(None, 1)[:1]
    return bool(first) and len(line.strip()) + 1 + len(first[0]) > width - 2
