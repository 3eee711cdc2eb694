"""Qualifiers of numbers: "أكثر من", "ما لا يقل عن", "قرابة" before them, "على الأقل", "تقريبا" behind them."""

from math import floor
from typing import NamedTuple

from waqai.arabic.clitics import splits
from waqai.knowledge.numbers import NumberKnowledge
from waqai.mentions.numbers_words import Reading
from waqai.model.text import Sentence

GAP = 1  # words that may stand between the counted noun and "على الأقل": "20 مدنيا سوريا على الأقل"
LONE_CLITICS = ("ب", "ال")


class Bound(NamedTuple):
    """A qualifier at tokens `first` (in) to `last` (out), with the clitics before it."""

    first: int
    last: int
    bound: str
    prefix: str = ""


def before_number(sentence: Sentence, reading: Reading, start: int, knowledge: NumberKnowledge) -> Bound | None:
    """The qualifier right before a number, not ahead of token `start`; outer ones win over "about"."""
    if reading.prefix not in ("", "ال", "ب"):
        return None
    words, i = sentence.words, reading.first
    if i > start and words[i - 1] in LONE_CLITICS:
        i -= 1
    held: Bound | None = None
    while i > start:
        found = _ending_at(words, i, start, knowledge)
        if found is None:
            break
        bound = held.bound if held and held.bound != "about" else found.bound
        held = Bound(found.first, reading.first, bound, found.prefix)
        i = found.first
        if found.prefix:
            break
    return held


def _ending_at(words: tuple[str, ...], i: int, start: int, knowledge: NumberKnowledge) -> Bound | None:
    for row in knowledge.before.get(words[i - 1], ()):
        first = i - 1 - len(row.head)
        if not row.head or first < start or words[first + 1 : i - 1] != row.head[1:]:
            continue
        for prefix, rest in splits(words[first]):
            if rest == row.head[0]:
                return Bound(first, i, row.bound, prefix)
    for prefix, rest in splits(words[i - 1]):
        for row in knowledge.before.get(rest, ()):
            if not row.head:
                return Bound(i - 1, i, row.bound, prefix)
    return None


def after_number(sentence: Sentence, i: int, knowledge: NumberKnowledge) -> Bound | None:
    """The qualifier at token `i`, right behind a number."""
    found = knowledge.after.at(sentence.words, i) if i < len(sentence.words) else None
    return Bound(i, found.last, found.entry) if found and not found.prefix else None


def far_after(sentence: Sentence, noun_end: int, knowledge: NumberKnowledge) -> str | None:
    """The bound that stands behind the counted noun, at most one word away."""
    words = sentence.words
    for i in range(noun_end, min(noun_end + GAP + 1, len(words))):
        found = after_number(sentence, i, knowledge)
        if found:
            return found.bound
        if not words[i][0].isalpha() or knowledge.word(words[i]) is not None:
            return None
    return None


def bounded(reading: Reading, bound: str | None) -> tuple[float, float | None]:
    """The range of a number under a bound: more than 70 is [71, None], about 20 is [18, 22], less than 10 is [0, 9]."""
    low, high, crowd = reading.low, reading.high, reading.kind == "crowd"
    whole = low == int(low)
    if bound == "more than":
        return (low + 1 if whole and not crowd else low), None
    if bound == "at least":
        return low, None
    if bound == "less than":
        return 0, max(0, high - 1) if whole else high
    if bound in ("at most", "up to"):
        return min(0, high), high
    if bound == "about" and not crowd:
        return about(low)
    return low, high


def about(value: float) -> tuple[float, float]:
    """A tenth less to a tenth more, in whole numbers where the number is whole.

    >>> about(20), about(15)
    ((18, 22), (14, 17))
    """
    if value == int(value):
        return floor((9 * value + 5) / 10), floor((11 * value + 5) / 10)
    return round(0.9 * value, 2), round(1.1 * value, 2)
