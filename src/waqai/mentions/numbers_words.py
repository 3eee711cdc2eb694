"""One number read from words and digits: cardinals of every size, crowds ("عشرات الآلاف"), fractions, ordinals."""

from functools import lru_cache
from typing import Literal, NamedTuple

from waqai.knowledge.numbers import NumberKnowledge, NumberWord
from waqai.mentions.numbers_digits import read_digits
from waqai.model.quick import replace
from waqai.model.text import Sentence

ReadingKind = Literal["cardinal", "definite", "round", "crowd", "fraction", "ordinal", "range", "date", "time"]
ADDED = {"unit", "ten", "teen", "tens", "hundred", "hundreds", "digits"}
HUNDREDS = ("hundred", "hundreds")
CROWDS = {10: (24.0, 99.0), 100: (200.0, 999.0)}


class Reading(NamedTuple):
    """A number at tokens `first` (in) to `last` (out), with the clitics before it; `plain` marks bare digits.

    "definite" is "الثلاثة"; "round" is "العشرون" or "ال11", an ordinal unless something says that it counts.
    """

    first: int
    last: int
    low: float
    high: float
    kind: ReadingKind
    prefix: str = ""
    plain: bool = False


class _Sum(NamedTuple):
    """A cardinal under way: finished scales, the group below them, the last scale, the role of the last word."""

    total: float = 0
    group: float = 0
    scale: float = float("inf")
    last: str = ""

    @property
    def value(self) -> float:
        return self.total + self.group


def word_at(sentence: Sentence, i: int, knowledge: NumberKnowledge) -> NumberWord | None:
    """The number word at token `i`; digits come as the role "digits"."""
    token = sentence.words[i]
    word = knowledge.word(token)
    if word is None:
        return _digits_word(token) if token[0].isdigit() else None
    if word.value == 1 and word.prefix == "" and token[0] == "و" and "أ" in sentence.clean(i, i + 1):
        return replace(word, compound=True, prefix="و")
    if word.hamza and not set("ئأؤ") & set(sentence.clean(i, i + 1)):
        return None
    return word


@lru_cache(maxsize=65536)
def _digits_word(token: str) -> NumberWord | None:
    digits = read_digits(token)
    return NumberWord("digits", digits.low) if digits and digits.kind == "number" else None


def read_number(sentence: Sentence, i: int, knowledge: NumberKnowledge) -> Reading | None:
    """The longest number that begins at token `i`, without its qualifiers; None when there is none."""
    word = word_at(sentence, i, knowledge)
    if word is None:
        digits = read_digits(sentence.words[i]) if sentence.words[i][0].isdigit() else None
        if digits is None or digits.kind == "number":
            return None
        return Reading(i, i + 1, digits.low, digits.high, digits.kind)
    if word.role == "ordinal":
        return _ordinal(sentence, i, word, knowledge)
    if word.role in ("crowd", "scales"):
        return _crowd(sentence, i, word, knowledge)
    if word.role == "few":
        return _few(sentence, i, word, knowledge)
    if word.role == "fraction":
        return _fraction(sentence, i, word, knowledge)
    return _cardinal(sentence, i, word, knowledge)


def _next(sentence: Sentence, j: int, knowledge: NumberKnowledge) -> tuple[NumberWord | None, bool, int]:
    """The number word after token `j - 1`, whether "و" joins it, and the token after it."""
    words = sentence.words
    if j >= len(words):
        return None, False, j
    if words[j] == "و" and j + 1 < len(words):
        word = word_at(sentence, j + 1, knowledge)
        joined = word is not None and word.prefix in ("", "ال")
        return (word if joined else None), True, j + 2
    word = word_at(sentence, j, knowledge)
    if word is None or word.prefix not in ("", "ال", "و", "وال"):
        return None, False, j
    return word, word.prefix.startswith("و"), j + 1


def _add(held: _Sum, word: NumberWord, joined: bool) -> _Sum | None:
    """The sum with one more word, or None when the word does not continue it."""
    start = held.last == ""
    if word.role in ("scale", "scales", "dual"):
        return _scale(held, word, joined, start)
    if word.role not in ADDED:
        return None
    if held.last == "unit" and not joined and held.group % 10 and word.role == "ten":
        return held._replace(group=held.group + 10, last="teen")
    if held.last == "unit" and not joined and word.role == "hundred" and 3 <= held.group <= 9:
        return held._replace(group=held.group * 100, last="hundred")
    if start or _fits(held, word, joined):
        return held._replace(group=held.group + word.value, last=word.role)
    return None


def _fits(held: _Sum, word: NumberWord, joined: bool) -> bool:
    """Whether a word may be added to what stands before it: larger to smaller, but units before tens."""
    after_hundred, after_scale = held.last in HUNDREDS, held.last in ("scale", "dual")
    if word.role == "digits":
        limit = 100 if after_hundred else held.scale
        return joined and (after_hundred or after_scale) and word.value < limit and word.value == int(word.value)
    if word.role in HUNDREDS:
        return joined and after_scale
    if word.role == "tens" and held.last == "unit":
        return joined and held.group % 100 > 0
    return after_hundred or (joined and after_scale)


def _scale(held: _Sum, word: NumberWord, joined: bool, start: bool) -> _Sum | None:
    if word.role == "dual":
        fits = start or (joined and held.group == 0 and held.scale > word.value)
        return _Sum(held.total + 2 * word.value, 0, word.value, "dual") if fits else None
    if held.scale <= word.value:
        return None
    if held.group and not joined:
        return _Sum(held.total + held.group * word.value, 0, word.value, "scale")
    alone = word.role == "scale" and held.group == 0 and (start or joined)
    return _Sum(held.total + word.value, 0, word.value, "scale") if alone else None


def _cardinal(sentence: Sentence, i: int, first: NumberWord, knowledge: NumberKnowledge) -> Reading | None:
    held = _add(_Sum(), first, False)
    if held is None:
        return None
    last, plain = i + 1, first.role == "digits" and sentence.words[i].isdigit()
    while True:
        word, joined, after = _next(sentence, last, knowledge)
        if word is None:
            break
        step = _add(held, word, joined) or _hundreds_plural(held, word, joined)
        if step is None:
            break
        held, last, plain = step, after, False
    found = Reading(i, last, held.value, held.value, "cardinal", first.prefix, plain)
    return _ending(found, held, first, sentence, knowledge)


def _hundreds_plural(held: _Sum, word: NumberWord, joined: bool) -> _Sum | None:
    """ "ثلاث مئات"."""
    if word.role == "crowd" and not joined and held.last == "unit" and 3 <= held.group <= 9:
        return held._replace(group=held.group * word.value, last="hundred")
    return None


def _ending(
    found: Reading, held: _Sum, first: NumberWord, sentence: Sentence, knowledge: NumberKnowledge
) -> Reading | None:
    """A cardinal with what may follow it ("ونصف", "أرباع", "فاصلة خمسة"); ordinals and definite numbers told apart."""
    if found.last == found.first + 1 and first.compound:
        return None
    found = _tail(found, held, sentence, knowledge)
    if not first.prefix.endswith(("ال", "لل")):
        return found
    single = found.last == found.first + 1
    if single and first.role in ("tens", "hundred", "scale"):
        return found._replace(kind="round")
    if first.role == "unit" and first.value <= 2:
        return None if single else found._replace(kind="round")
    return found._replace(kind="definite")


def _tail(found: Reading, held: _Sum, sentence: Sentence, knowledge: NumberKnowledge) -> Reading:
    word, joined, after = _next(sentence, found.last, knowledge)
    if word is None:
        return found
    if word.role == "parts" and not joined and held.last == "unit":
        value = found.low * word.value
        return found._replace(last=after, low=value, high=value, kind="fraction")
    if word.role == "point" and not joined:
        return _decimal(found, after, sentence, knowledge)
    if word.role == "fraction" and joined and held.last in ("scale", "dual", "unit", "digits", "teen", "tens", "ten"):
        return _and_a_half(found, held, word.value, after, sentence, knowledge)
    return found


def _decimal(found: Reading, after: int, sentence: Sentence, knowledge: NumberKnowledge) -> Reading:
    word, joined, last = _next(sentence, after, knowledge)
    if word is None or joined or word.role not in ("digits", "unit", "ten", "tens") or word.value != int(word.value):
        return found
    value = float(f"{found.low:.0f}.{word.value:.0f}")
    return found._replace(last=last, low=value, high=value, plain=False)


def _and_a_half(
    found: Reading, held: _Sum, part: float, after: int, sentence: Sentence, knowledge: NumberKnowledge
) -> Reading:
    scaled = held.last in ("scale", "dual")
    word, joined, last = _next(sentence, after, knowledge)
    more = word is not None and word.role == "scale" and not joined
    if scaled:
        value = found.low + part * held.scale
        last = last if more and word is not None and word.value == held.scale else after
    else:
        value = (found.low + part) * (word.value if more and word is not None else 1)
        last = last if more else after
    return found._replace(last=last, low=value, high=value, plain=False)


def _crowd(sentence: Sentence, i: int, word: NumberWord, knowledge: NumberKnowledge) -> Reading:
    """ "عشرات" [24, 99], "آلاف" [2000, 9999], "مئات الآلاف" [200000, 999999]."""
    prefix = word.prefix
    if word.role == "scales":
        return Reading(i, i + 1, 2 * word.value, 10 * word.value - 1, "crowd", prefix)
    after, joined, last = _next(sentence, i + 1, knowledge)
    if after is not None and not joined and after.role in ("scales", "scale"):
        low, high = 2 * word.value * after.value, 10 * word.value * after.value - 1
        return Reading(i, last, low, high, "crowd", prefix)
    low, high = CROWDS[int(word.value)]
    return Reading(i, i + 1, low, high, "crowd", prefix)


def _few(sentence: Sentence, i: int, word: NumberWord, knowledge: NumberKnowledge) -> Reading:
    """ "بضعة" [3, 9], "بضعة عشر" [13, 19], "بضع مئات" [300, 999], "بضعة آلاف" [3000, 9999]."""
    after, joined, last = _next(sentence, i + 1, knowledge)
    if after is not None and not joined:
        if after.role == "ten":
            return Reading(i, last, 13, 19, "crowd", word.prefix)
        if after.role in ("scales", "crowd"):
            return Reading(i, last, 3 * after.value, 10 * after.value - 1, "crowd", word.prefix)
    return Reading(i, i + 1, 3, 9, "crowd", word.prefix)


def _fraction(sentence: Sentence, i: int, word: NumberWord, knowledge: NumberKnowledge) -> Reading | None:
    """ "نصف مليون" or a part alone; "ونصف" and "النصف" alone are left to what stands before them."""
    if word.prefix not in ("", "ب", "ل", "و"):
        return None
    after, joined, last = _next(sentence, i + 1, knowledge)
    if after is not None and not joined and after.role == "scale":
        value = round(word.value * after.value)
        return Reading(i, last, value, value, "fraction", word.prefix)
    return Reading(i, i + 1, word.value, word.value, "fraction", word.prefix) if word.prefix != "و" else None


def _ordinal(sentence: Sentence, i: int, word: NumberWord, knowledge: NumberKnowledge) -> Reading | None:
    """ "الثالث", "الثالثة عشرة", "الخامس والعشرون"; no ordinals: "تشرين الثاني", "أول أمس", "بيان أولي"."""
    words = sentence.words
    if i and any(words[i - 1].endswith(head) for head in knowledge.sets["month_heads"]):
        return None
    if _no_ordinal(sentence, i, word, knowledge):
        return None
    after, joined, last = _next(sentence, i + 1, knowledge)
    value = word.value
    if after is not None and not joined and after.role == "ten" and value < 10:
        value += 10
    elif after is not None and joined and after.role == "tens" and value < 10:
        value += after.value
    elif word.compound:
        return None
    else:
        last = i + 1
    return Reading(i, last, value, value, "ordinal", word.prefix)


def _no_ordinal(sentence: Sentence, i: int, word: NumberWord, knowledge: NumberKnowledge) -> bool:
    words, clean = sentence.words, sentence.clean(i, i + 1)
    if word.value != 1:
        return False
    if clean.endswith("ولي") and not word.prefix.endswith("ال"):
        return True
    rest = words[i + 1 : i + 3]
    return bool(rest) and (
        rest[0] in knowledge.sets["yesterday"]
        or (len(rest) == 2 and rest[0] == "من" and rest[1] in knowledge.sets["yesterday"])
    )
