"""Finding names of persons in words, and putting a mark in their place."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.knowledge.redaction import RedactionKnowledge

MARK = "[…]"
"""What stands in the place of a name."""

_INSIDE = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_WORD = re.compile(rf"(?:[^\W\d_]|[{_INSIDE}])+")
_GAP = re.compile(r"""[\s_\-–"'“”«»()]*""")
_LONGEST = 5
_ALI = "علي"  # folded, the name is the preposition; written with ي it is the name
_LETTERS = 3


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    forms: tuple[str, ...]
    bare: tuple[str, ...]  # the forms without a conjunction or preposition: only these go on with a name
    leading: tuple[
        str, ...
    ]  # the forms without a conjunction only: a name that begins so goes on with any word with ال
    stopping: tuple[str, ...]  # the forms by which a word may be one that no name goes on with
    joined: bool
    capital: bool


SURE = 3  # digits of a country's code that nobody takes for a year or a count
_DIGITS = {first + n: str(n) for first in (0x0660, 0x06F0) for n in range(10)}


class Scrubber:
    """Takes names of persons out of words, by what names are made of and by names that are known from elsewhere."""

    def __init__(self, known: RedactionKnowledge) -> None:
        self._known = known
        self._phone = _phones(known)
        spelled = "|".join(sorted(map(re.escape, known.latin), key=len, reverse=True))
        self._together = re.compile(rf"(?:al|el|abu)?(?:{spelled})(?:(?:al|el|abu|bin)?(?:{spelled}))+\d{{0,4}}")

    def spelled_together(self, text: str) -> bool:
        """Whether a part of an address is a name without blanks, such as "ahmadhassan" or "laithomar90"."""
        return any(self._together.fullmatch(part) for part in re.findall(r"[a-z0-9]{6,60}", text.lower()))

    def names(self, phrases: Iterable[str]) -> frozenset[str]:
        """The folded words of these names that mean a person wherever they stand ("رامي عبد الرحمن" but not "عبد")."""
        words = (form for phrase in phrases for word in _words(phrase) for form in word.forms[:1])
        return frozenset(w for w in words if len(w) >= _LETTERS and w not in self._known.joints | self._known.stops)

    def scrub(self, text: str, names: frozenset[str] = frozenset(), kept: frozenset[str] = frozenset()) -> str:
        """The text with a mark for each name of a person. `names` are words from `names()`; `kept` are folded words that
        belong to a place or an actor and stay."""
        words = _words(text)
        parts, at, index = [], 0, 0
        while index < len(words):
            length = self._length(words, index, names, kept)
            if length:
                parts += [text[at : words[index].start], MARK]
                at = words[index + length - 1].end
            index += length or 1
        return self._without_numbers("".join([*parts, text[at:]]))

    def _without_numbers(self, text: str) -> str:
        """The text without telephone numbers, in digits of whatever script."""
        parts, at = [], 0
        for match in self._phone.finditer(text.translate(_DIGITS)):
            parts += [text[at : match.start()], MARK]
            at = match.end()
        return "".join([*parts, text[at:]])

    def _length(self, words: Sequence[_Word], at: int, names: frozenset[str], kept: frozenset[str]) -> int:
        """How many words from here are a name; 0 when none."""
        word = words[at]
        if names.intersection(word.forms):
            return self._reach(words, at, names)
        if kept.intersection(word.forms):
            return 0
        if self._introduced(words, at):
            return self._reach(words, at, names, unlisted=True)
        return self._reach(words, at, names, unlisted=self._leads(word)) if self._begins(words, at, kept) else 0

    def _leads(self, word: _Word) -> bool:
        """Whether a word is so much of a name that any word with the article goes on with it."""
        return self._part(word, word.leading) or not self._known.bearing.isdisjoint(word.leading)

    def _introduced(self, words: Sequence[_Word], at: int) -> bool:
        before, word = words[at - 1] if at else None, words[at]
        if before is None or not word.joined or self._stops(word):
            return False
        alone = not self._known.given.isdisjoint(word.forms[:1]) and not self._known.beside.isdisjoint(before.forms)
        return alone or not self._known.introductions.isdisjoint(before.forms)

    def _begins(self, words: Sequence[_Word], at: int, kept: frozenset[str]) -> bool:
        """Whether a word begins a name by what it is and what follows it."""
        after = [word for word in words[at + 1 : at + 3] if word.joined and kept.isdisjoint(word.forms)]
        word, known = words[at], self._known
        if not after or not words[at + 1].joined or self._stops(word):
            return False
        if not known.bearing.isdisjoint(word.forms):
            return not self._stops(after[0])
        if not known.joints.isdisjoint(word.forms) and not known.after_joint.isdisjoint(after[0].bare):
            return len(after) > 1 and self._follows(after[1])
        if self._part(word, word.forms):
            listed = not word.capital and not known.given.isdisjoint(after[0].forms)
            return listed or self._follows(after[0], unlisted=self._leads(word))
        return not known.joints.isdisjoint(word.forms) and self._follows(after[0])

    def _stops(self, word: _Word) -> bool:
        return not self._known.stops.isdisjoint(word.stopping)

    def _part(self, word: _Word, forms: Sequence[str]) -> bool:
        known = self._known
        if word.capital:
            return not known.latin.isdisjoint(word.forms)
        return not (known.given | known.family).isdisjoint(forms)

    def _follows(self, word: _Word, unlisted: bool = False) -> bool:
        """Whether a word goes on with a name; after an introduction any word with the article does."""
        if self._stops(word):
            return False
        first = word.forms[0]
        named = first.startswith("ال") and len(first) > 4 and (unlisted or first.endswith("ي"))
        joint = not (self._known.joints | self._known.latin_joints).isdisjoint(word.bare)
        return self._part(word, word.bare) or named or word.capital or joint

    def _reach(self, words: Sequence[_Word], at: int, names: frozenset[str], unlisted: bool = False) -> int:
        """The words from here that go on with the name, at most five; a word inside a name takes the next one with it."""
        length = 1
        while at + length < len(words) and length < _LONGEST and words[at + length].joined:
            word, last = words[at + length], words[at + length - 1]
            joints = self._known.joints | self._known.latin_joints
            inside = not joints.isdisjoint(last.forms) and not self._stops(word)
            if not (inside or names.intersection(word.bare) or self._follows(word, unlisted)):
                break
            length += 1
        return length


def _phones(known: RedactionKnowledge) -> re.Pattern[str]:
    """Telephone numbers: their beginning and so many digits, with signs between them as people write them."""
    between = r"[\s\u00a0.()\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069-]{0,2}"
    kinds = []
    for begin, digits in known.phones.items():
        abroad = rf"(?:\+|00){between}" if len(begin) < SURE and begin[0] != "0" else rf"(?:(?:\+|00){between})?"
        kinds.append(rf"{abroad}{between.join(begin)}(?:{between}\d){{{digits}}}")
    return re.compile(rf"(?<![\d+])(?:{'|'.join(kinds)})(?!\d)", re.ASCII)


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    for match in _WORD.finditer(text):
        plain = unicodedata.normalize("NFKC", match.group())
        plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf") and c != "\u0640")
        if plain:
            joined = bool(found) and _GAP.fullmatch(text, found[-1].end, match.start()) is not None
            cut = splits(fold(plain))
            forms = tuple(dict.fromkeys(rest for _, rest in cut))
            bare = tuple(dict.fromkeys(rest for head, rest in cut if head in ("", "ال")))
            leading = tuple(dict.fromkeys(rest for head, rest in cut if head in ("", "و", "ف")))
            stopping = tuple(form for form in (*bare, *leading) if form != _ALI or not plain.endswith(_ALI))
            capital = plain[0].isascii() and plain[0].isupper()
            found.append(_Word(match.start(), match.end(), forms, bare, leading, stopping, joined, capital))
    return found


def folded_words(texts: Iterable[str | None]) -> frozenset[str]:
    """All words of these texts in every form in which they may be met."""
    return frozenset(form for text in texts if text for word in _words(text) for form in word.forms)
