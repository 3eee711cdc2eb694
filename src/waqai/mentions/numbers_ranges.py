"""Ranges between two numbers: "بين 10 و15", "من 10 إلى 15", "عشرة أو اثني عشر", "10 - 15", "10-15"."""

from typing import NamedTuple

from waqai.arabic.clitics import splits
from waqai.knowledge.numbers import NumberKnowledge
from waqai.mentions.numbers_words import Reading, read_number
from waqai.model.text import Sentence

SCALES = (1_000_000_000, 1_000_000, 1_000)
LOOK_BACK = 6  # tokens in which a verb of change ("ارتفع من … إلى") is looked for


class Range(NamedTuple):
    """A range at tokens `first` (in) to `last` (out), with the clitics before it."""

    first: int
    last: int
    low: float
    high: float
    prefix: str = ""


def find_range(sentence: Sentence, low: Reading, start: int, knowledge: NumberKnowledge) -> Range | None:
    """The range that begins with the number `low` (its opening word not before token `start`), or None."""
    words, j = sentence.words, low.last
    if j + 1 >= len(words):
        return None
    opening = _opening(words, low, start, knowledge)
    if opening and opening[2] and (words[j] == "و" or words[j][0] == "و"):
        high = read_number(sentence, j + 1 if words[j] == "و" else j, knowledge)
        joined = high is not None and high.prefix == ("" if words[j] == "و" else "و")
    elif words[j] in knowledge.sets["to"] and not _changed(words, low.first, knowledge):
        high = read_number(sentence, j + 1, knowledge)
        joined = high is not None and high.prefix == ""
    elif words[j] == "-" and low.plain:
        high = read_number(sentence, j + 1, knowledge)
        joined = high is not None and words[j + 1][0].isdigit()
    else:
        return None
    if high is None or not joined or high.kind not in ("cardinal", "crowd"):
        return None
    bottom = _scaled(low, high)
    if bottom >= high.low:
        return None
    first, prefix = (opening[0], opening[1]) if opening else (low.first, low.prefix)
    return Range(first, high.last, bottom, high.high, prefix)


def _opening(
    words: tuple[str, ...], low: Reading, start: int, knowledge: NumberKnowledge
) -> tuple[int, str, bool] | None:
    """Where "بين" or "من" begins before a number, its clitics, and whether "و" closes it."""
    i = low.first - 1
    if i < start or low.prefix:
        return None
    for prefix, rest in splits(words[i]):
        if rest in knowledge.sets["from"]:
            return i, prefix, False
        if rest in knowledge.sets["between"]:
            if i - 1 >= start and not prefix:
                for outer, word in splits(words[i - 1]):
                    if word == "ما":
                        return i - 1, outer, True
            return i, prefix, True
    return None


def _changed(words: tuple[str, ...], i: int, knowledge: NumberKnowledge) -> bool:
    return any(word.removeprefix("و") in knowledge.sets["changes"] for word in words[max(0, i - LOOK_BACK) : i])


def _scaled(low: Reading, high: Reading) -> float:
    """ "بين 10 و15 ألفا": the scale of the upper number holds for the lower one too."""
    if high.plain or low.low <= 0:
        return low.low
    for scale in SCALES:
        if high.low % scale == 0 and low.low < high.low / scale < 1000:
            return low.low * scale
    return low.low
