"""Text as the stages see it: spans into the original, the way back from the cleaned form, sentences."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from waqai.model.quick import quick

Part = Literal["title", "text"]
TATWEEL = "\u0640"


@quick
@dataclass(frozen=True, slots=True)
class Span:
    """Words of the article as given: code points `start` (in) to `end` (out) of its `part`, and the words themselves."""

    part: Part
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from a position in the cleaned text back to the original one.

    `starts` holds the positions of the cleaned text at which a run begins (the first is 0);
    within a run, original position = cleaned position + the run's entry in `shifts`.
    """

    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)

    def original(self, position: int) -> int:
        """Position (code points) in the original text of a position in the cleaned text."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the cleaned text: prose that is coded, or page furniture that never is; `rule` says which rule thought so."""

    start: int
    end: int
    kind: Literal["prose", "furniture"]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CleanText:
    """One part of an article, cleaned.

    `clean` is what a person would read; `folded` has the same length, with the letters that writers
    interchange made one (see `waqai.arabic.letters`); `offsets` leads back to `original`.
    """

    part: Part
    original: str
    clean: str
    folded: str
    offsets: OffsetMap
    blocks: tuple[Block, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The original words behind the cleaned positions `start` (in) to `end` (out); `start < end`.

        Vowel marks and tatweel on the last letter, which cleaning dropped, belong to the words.
        """
        offsets, original = self.offsets, self.original
        if len(offsets.starts) == 1:  # nothing was changed, but for what may have been dropped before the first letter
            shift = offsets.shifts[0]
            first, last, stop = start + shift, end + shift, end + shift
            if end == len(self.clean):
                stop = len(original)
        else:
            first, last = offsets.original(start), offsets.original(end - 1) + 1
            stop = offsets.original(end) if end < len(self.clean) else len(original)
        while last < stop and (original[last] == TATWEEL or unicodedata.category(original[last]) == "Mn"):
            last += 1
        return Span(self.part, first, last, original[first:last])


@quick
@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of prose as tokens.

    `words` are folded tokens (a word, a number in ASCII digits, or one punctuation mark); `starts` and `ends`
    are their positions in `text.clean`. `number` counts sentences over the whole document, title first;
    `paragraph` counts lines of prose (the title is -1).
    """

    text: CleanText
    number: int
    paragraph: int
    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """The original words of the tokens `first` (in) to `last` (out); `first < last`."""
        return self.text.span(self.starts[first], self.ends[last - 1])

    def clean(self, first: int, last: int) -> str:
        """The cleaned words of the tokens `first` (in) to `last` (out)."""
        return self.text.clean[self.starts[first] : self.ends[last - 1]]
