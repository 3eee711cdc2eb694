"""Phrase tables: many phrases of one or more words, looked up at a token, with clitics before the first word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize

T = TypeVar("T")
MEMORY = 200_000  # words remembered before the memo starts anew: bounds memory on endless input


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found: token after its last one, the clitics before it, its entry."""

    last: int
    prefix: str
    entry: T


class PhraseTable(Generic[T]):
    """Phrases to entries; immutable but for a bounded memo of words already looked up.

    >>> table = PhraseTable([("تنظيم الدولة", 1), ("تنظيم", 2)])
    >>> table.at(("ولتنظيم", "الدوله", "هناك"), 0)
    Match(last=2, prefix='ول', entry=1)
    """

    def __init__(self, phrases: Iterable[tuple[str, T]], clitics: bool = True) -> None:
        """Take phrases as a person writes them (they are folded here) with their entries; the first of two equal ones wins."""
        self._tails: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._clitics = clitics
        self._memo: dict[str, tuple[tuple[str, tuple[str, ...], T], ...]] = {}
        seen: set[tuple[str, ...]] = set()
        for phrase, entry in phrases:
            words = tokenize(fold(phrase))[0]
            if words and words not in seen:
                seen.add(words)
                self._tails.setdefault(words[0], []).append((words[1:], entry))
        for tails in self._tails.values():
            tails.sort(key=lambda pair: -len(pair[0]))

    def _lookup(self, word: str) -> tuple[tuple[str, tuple[str, ...], T], ...]:
        if len(self._memo) >= MEMORY:
            self._memo.clear()
        readings = splits(word) if self._clitics else (("", word),)
        found = [(prefix, tail, entry) for prefix, rest in readings for tail, entry in self._tails.get(rest, ())]
        found.sort(key=lambda row: (-len(row[1]), len(row[0])))
        self._memo[word] = tuple(found)
        return self._memo[word]

    def at(self, words: Sequence[str], i: int) -> Match[T] | None:
        """The longest phrase that begins at token `i` (fewest clitics first), or None."""
        word = words[i]
        rows = self._memo.get(word)
        if rows is None:
            rows = self._lookup(word)
        if not rows:
            return None
        following = words[i + 1] if i + 1 < len(words) else ""
        for prefix, tail, entry in rows:
            if not tail:
                return Match(i + 1, prefix, entry)
            last = i + 1 + len(tail)
            if tail[0] == following and tuple(words[i + 1 : last]) == tail:
                return Match(last, prefix, entry)
        return None

    def all_at(self, words: Sequence[str], i: int) -> list[Match[T]]:
        """Every phrase that begins at token `i`, longest first."""
        word = words[i]
        rows = self._memo.get(word)
        if rows is None:
            rows = self._lookup(word)
        if not rows:
            return []
        following = words[i + 1] if i + 1 < len(words) else ""
        return [
            Match(i + 1 + len(tail), prefix, entry)
            for prefix, tail, entry in rows
            if not tail or (tail[0] == following and tuple(words[i + 1 : i + 1 + len(tail)]) == tail)
        ]
