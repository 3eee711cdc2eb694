"""Scanning whole sentences for phrases: a phrase table that passes over dull words at the cost of one set look-up."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.phrases import MEMORY, Match, PhraseTable
from waqai.arabic.tokens import tokenize

T = TypeVar("T")


class PhraseScanner(Generic[T]):
    """A `PhraseTable` with a bounded memo of the words that begin none of its phrases.

    >>> PhraseScanner([("صاروخ موجه", 1)]).places(("سقط", "صاروخ", "موجه"))
    [1]
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        """Take phrases as a person writes them, with their entries; the first of two equal ones wins."""
        rows = list(phrases)
        self._table = PhraseTable(rows)
        self._firsts = frozenset(words[0] for words in (tokenize(fold(phrase))[0] for phrase, _ in rows) if words)
        self._dull: set[str] = set()
        self._bright: set[str] = set()

    def at(self, words: Sequence[str], i: int) -> Match[T] | None:
        """The longest phrase that begins at token `i`, or None."""
        return None if words[i] in self._dull else self._table.at(words, i)

    def places(self, words: Sequence[str]) -> list[int]:
        """The tokens at which a phrase may begin, in order."""
        dull, bright = self._dull, self._bright
        found = []
        for i in [i for i, word in enumerate(words) if word not in dull]:
            if words[i] not in bright and not self._learn(words[i]):
                continue
            found.append(i)
        return found

    def _learn(self, word: str) -> bool:
        known = any(rest in self._firsts for _, rest in splits(word))
        memory = self._bright if known else self._dull
        if len(memory) >= MEMORY:
            memory.clear()
        memory.add(word)
        return known
