"""Sentences: where one ends, and its tokens."""

import re
from collections.abc import Iterator

from waqai.arabic.tokens import tokenize
from waqai.model.text import CleanText, Sentence

_STOP = re.compile(r"""([.!?…][.!?…]*)([”»"'’)\]]*)""")  # `re` looks for a first sign much faster than for a run
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w{1,24}")
_LOOK_BACK = 24  # letters looked back for the word before a stop
_NAME_ENDINGS = frozenset(("نت", "كوم", "اورغ"))  # "السورية.نت" is a site's name
_OPENING = "“«‘"
LONGEST = 160  # tokens


def sentences(text: CleanText, number: int, paragraph: int | None = None) -> list[Sentence]:
    """The sentences of the prose of `text`, counted from `number`; `paragraph` is the line's unless it is given."""
    found: list[Sentence] = []
    line_number = 0
    for block in text.blocks:
        if block.kind == "furniture":
            continue
        for line in _LINE.finditer(text.folded, block.start, block.end):
            before = len(found)
            place = line_number if paragraph is None else paragraph
            for start, end in cuts(text, line.start(), line.end()):
                words, starts, ends = tokenize(text.folded, start, end)
                for a, b in _pieces(words):
                    piece = words[a:b], starts[a:b], ends[a:b]
                    found.append(Sentence(text, number + len(found), place, starts[a], ends[b - 1], *piece))
            line_number += len(found) > before
    return found


def _pieces(words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """A sentence as it is; one without end (a text without full stops) cut at commas, so that no rule looks too far."""
    first = 0
    while len(words) - first > LONGEST:
        last = first + LONGEST
        comma = next((i for i in range(last, first + LONGEST // 2, -1) if words[i - 1] == "،"), last)
        yield first, comma
        first = comma
    if first < len(words):
        yield first, len(words)


def cuts(text: CleanText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one line of `text` as (start, end)."""
    folded, begin = text.folded, start
    for stop in _STOP.finditer(folded, start, end):
        after = _closed(text, stop, end)
        if _ends(folded, begin, stop, after, end):
            yield begin, after
            begin = after
    if begin < end:
        yield begin, end


def _closed(text: CleanText, stop: "re.Match[str]", end: int) -> int:
    """The end of the sentence with the quotes that close it; a quote that opens the next one is left to that."""
    after, marks = stop.end(), stop.end(1)
    if after > marks and after < end and _letter(text.folded[after]) and text.clean[after - 1] in "\"'":
        after -= 1
    while after > marks and text.clean[after - 1] in _OPENING:
        after -= 1
    return after


def _ends(folded: str, begin: int, stop: "re.Match[str]", after: int, end: int) -> bool:
    """Whether the stop signs, with the closing quotes up to `after`, end the sentence that begins at `begin`.

    Dots after one or two words are a colon: "ليبيا.. قتلى بتفجير" is one sentence.
    """
    position, marks = stop.span(1)
    if position > begin and folded[position - 1] in "([":
        return False
    word = _word_before(folded, begin, position)
    single = stop.group(1) == "."
    if after < end and not folded[after].isspace():
        return _ends_unspaced(folded, word, single, marks, after)
    if not single:
        return stop.group(1)[0] not in ".…" or folded.count(" ", begin, position) > 1 or after >= end
    if word.isdigit():
        return position - len(word) > begin + 1  # "1. " at the beginning counts points
    return len(word) != 1 or (
        ")" not in folded[marks:after] and not word.isascii() and _letters_before(folded, begin, position) >= 3
    )


def _ends_unspaced(folded: str, word: str, single: bool, marks: int, after: int) -> bool:
    """No space follows: two Arabic words, or a quote opening, are enough."""
    if folded[after] in "\"'(":
        return after == marks and len(word) > 1
    if after != marks or not _letter(folded[after]):
        return False
    following = _WORD.match(folded, after)
    if following is None or following.group() in _NAME_ENDINGS:
        return False
    return not single or (len(word) > 1 and not word.isascii() and len(following.group()) > 1)


def _letter(character: str) -> bool:
    return "\u0621" <= character <= "\u06d3"


def _word_before(folded: str, begin: int, position: int) -> str:
    low, i = max(begin, position - _LOOK_BACK), position
    while i > low and folded[i - 1].isalnum():
        i -= 1
    return folded[i:position]


def _letters_before(folded: str, begin: int, position: int) -> int:
    """How many letters stand alone before the stop: 1 in "د. محمد", 3 in "ا ف ب. وقال", which ends a sentence."""
    i, count = position, 0
    while count < 3 and i > begin and _letter(folded[i - 1]) and not (i - 1 > begin and folded[i - 2].isalnum()):
        count += 1
        i -= 1
        while i > begin and folded[i - 1] in " .":
            i -= 1
    return count
