"""Phrase tables: many phrases of one or more words, looked up at a token, with clitics before the first word."""

import re
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize

T = TypeVar("T")
MEMORY = 200_000  # words remembered before the memo starts anew: bounds memory on endless input
_PLAIN = re.compile(
    r"[\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]+(?: [\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a]+)*"
)


class Match(NamedTuple, Generic[T]):
    """A phrase found: token after its last one, the clitics before it, its entry."""

    last: int
    prefix: str
    entry: T


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase as a person writes it.

    >>> phrase_words("تنظيم الدولة")
    ('تنظيم', 'الدوله')
    """
    if _PLAIN.fullmatch(phrase):
        return tuple(phrase.split(" "))
    folded = fold(phrase)
    return tuple(folded.split(" ")) if _PLAIN.fullmatch(folded) else tokenize(folded)[0]


class PhraseTable(Generic[T]):
    """Phrases to entries; immutable but for a bounded memo of words already looked up.

    >>> table = PhraseTable([("تنظيم الدولة", 1), ("تنظيم", 2)])
    >>> table.at(("ولتنظيم", "الدوله", "هناك"), 0)
    Match(last=2, prefix='ول', entry=1)
    """

    __slots__ = ("_bright", "_clitics", "_dull", "_tails")

    def __init__(self, phrases: Iterable[tuple[str, T]], clitics: bool = True) -> None:
        """Take phrases as a person writes them (they are folded here) with their entries; the first of two equal ones wins."""
        self._clitics = clitics
        self._dull: set[str] = set()  # words at which no phrase begins
        self._bright: dict[str, list[tuple[str, tuple[str, ...], T]]] = {}
        held: dict[tuple[str, ...], T] = {}
        for phrase, entry in phrases:
            held.setdefault(phrase_words(phrase), entry)
        held.pop((), None)
        self._tails: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for words, entry in held.items():
            row = (words[1:], entry)
            rows = self._tails.setdefault(words[0], [row])
            if rows[0] is not row:
                rows.append(row)
        for rows in self._tails.values():
            if len(rows) > 1:
                rows.sort(key=_longest)

    def _learn(self, word: str) -> list[tuple[str, tuple[str, ...], T]] | None:
        """Look a word up that was not met before, and remember what was found."""
        tails, found = self._tails, []
        for prefix, rest in splits(word) if self._clitics else (("", word),):
            if rest in tails:
                found += [(prefix, tail, entry) for tail, entry in tails[rest]]
        if not found:
            if len(self._dull) >= MEMORY:
                self._dull.clear()
            self._dull.add(word)
            return None
        if len(found) > 1:
            found.sort(key=_longest_fewest)
        if len(self._bright) >= MEMORY:
            self._bright.clear()
        self._bright[word] = found
        return found

    def places(self, words: Sequence[str]) -> list[int]:
        """The tokens at which a phrase may begin, in order.

        >>> PhraseTable([("صاروخ موجه", 1)]).places(("سقط", "صاروخ", "موجه"))
        [1]
        """
        dull, bright, learn = self._dull, self._bright, self._learn
        found = [i for i, word in enumerate(words) if word not in dull]
        return [i for i in found if words[i] in bright or learn(words[i]) is not None]

    def at(self, words: Sequence[str], i: int) -> Match[T] | None:
        """The longest phrase that begins at token `i` (fewest clitics first), or None."""
        word = words[i]
        if word in self._dull:
            return None
        rows = self._bright.get(word) or self._learn(word)
        if rows is None:
            return None
        after = i + 1
        for prefix, tail, entry in rows:
            if not tail:
                return Match(after, prefix, entry)
            last = after + len(tail)
            if after < len(words) and tail[0] == words[after] and tuple(words[after:last]) == tail:
                return Match(last, prefix, entry)
        return None

    def all_at(self, words: Sequence[str], i: int) -> list[Match[T]]:
        """Every phrase that begins at token `i`, longest first."""
        word = words[i]
        if word in self._dull:
            return []
        after = i + 1
        following = words[after] if after < len(words) else ""
        return [
            Match(after + len(tail), prefix, entry)
            for prefix, tail, entry in self._bright.get(word) or self._learn(word) or ()
            if not tail or (tail[0] == following and tuple(words[after : after + len(tail)]) == tail)
        ]


def _longest(row: tuple[tuple[str, ...], object]) -> int:
    return -len(row[0])


def _longest_fewest(row: tuple[str, tuple[str, ...], object]) -> tuple[int, int]:
    return -len(row[1]), len(row[0])
