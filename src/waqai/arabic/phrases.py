"""Phrase tables: many phrases of one or more words, looked up at a token, with clitics before the first word."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize

T = TypeVar("T")
MEMORY = 200_000  # words remembered before the memo starts anew: bounds memory on endless input
_LETTERS = r"\u0621\u0627\u0628\u062a-\u063a\u0641-\u0648\u064a"
_PLAIN = re.compile(f"[{_LETTERS}]+(?: [{_LETTERS}]+)*")
_NO_LETTER = re.compile(f"[^{_LETTERS} \n]")
_ODD_SPACES = ("  ", "\n ", " \n", "\n\n")


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
        return tuple(phrase.split(" ")) if " " in phrase else (phrase,)
    folded = fold(phrase)
    return tuple(folded.split(" ")) if _PLAIN.fullmatch(folded) else tokenize(folded)[0]


def folded_phrases(phrases: Sequence[str]) -> list[str]:
    """The folded words of each phrase, parted by one space: `phrase_words` of many at once, in a fraction of the time.

    >>> folded_phrases(("تنظيم الدولة", "(داعش)"))
    ['تنظيم الدوله', '( داعش )']
    """
    whole = fold("\n".join(phrases))
    folded = whole.split("\n")
    if len(folded) != len(phrases):  # none, or one that holds a line end
        return [" ".join(phrase_words(phrase)) for phrase in phrases]
    if _NO_LETTER.search(whole) is None and not any(odd in f"\n{whole}\n" for odd in _ODD_SPACES):
        return folded
    return [text if _PLAIN.fullmatch(text) else " ".join(tokenize(text)[0]) for text in folded]


class PhraseTable(Generic[T]):
    """Phrases to entries; immutable but for a bounded memo of words already looked up.

    >>> table = PhraseTable([("تنظيم الدولة", 1), ("تنظيم", 2)])
    >>> table.at(("ولتنظيم", "الدوله", "هناك"), 0)
    Match(last=2, prefix='ول', entry=1)
    """

    __slots__ = ("_bright", "_clitics", "_dull", "_entries", "_longer", "_placed")

    def __init__(self, phrases: Iterable[tuple[str, T]], clitics: bool = True) -> None:
        """Take phrases as a person writes them, with their entries; the first of two equal ones wins."""
        self._clitics = clitics
        self._dull: set[str] = set()  # words at which no phrase begins
        self._bright: dict[str, list[_Reading[T]]] = {}  # clitics and phrases of the words at which one may
        rows = list(phrases)
        rows.reverse()  # of two equal keys a dict keeps the last
        texts = folded_phrases([phrase for phrase, _ in rows])
        self._entries: dict[str, T] = dict(zip(texts, [entry for _, entry in rows], strict=True))
        self._entries.pop("", None)
        self._longer: dict[str, list[str]] = {}  # phrases of several words by their first
        for text in self._entries:
            if " " in text:
                self._longer.setdefault(text.partition(" ")[0], []).append(text)
        self._placed: dict[str, _Phrases[T]] = {}  # by first word; made when it is first met: most never are

    def _begun(self, word: str) -> "_Phrases[T] | None":
        """The phrases that begin with a word, None when none does."""
        if word not in self._entries and word not in self._longer:
            return None
        begun = self._placed.get(word)
        if begun is None:
            entries = self._entries
            longer = [(text, entries[text]) for text in self._longer.get(word, ())]
            begun = self._placed[word] = _Phrases((entries[word],) if word in entries else (), longer)
        return begun

    def _learn(self, word: str) -> "list[_Reading[T]] | None":
        """Look a word up that was not met before, and remember what was found."""
        readings = splits(word) if self._clitics else (("", word),)
        found = [(prefix, begun) for prefix, rest in readings if (begun := self._begun(rest)) is not None]
        if not found:
            if len(self._dull) >= MEMORY:
                self._dull.clear()
            self._dull.add(word)
            return None
        if len(self._bright) >= MEMORY:
            self._bright.clear()
        self._bright[word] = found
        return found

    def first_words(self) -> Iterator[str]:
        """The folded words with which phrases begin, without clitics."""
        yield from (text for text in self._entries if " " not in text)
        yield from (word for word in self._longer if word not in self._entries)

    def readings(self, word: str) -> "list[_Reading[T]]":
        """The ways to read a word as the first of a phrase, [] when there is none."""
        return [] if word in self._dull else self._bright.get(word) or self._learn(word) or []

    def places(self, words: Sequence[str], lit: "Lit[T] | None" = None) -> list[int]:
        """The tokens at which a phrase may begin, in order; `lit` is what `Lookups` found in the words for this table.

        >>> PhraseTable([("صاروخ موجه", 1)]).places(("سقط", "صاروخ", "موجه"))
        [1]
        """
        return [i for i, _ in (self._lit(words) if lit is None else lit)]

    def _lit(self, words: Sequence[str]) -> "Lit[T]":
        """The tokens at which a phrase may begin, with their readings."""
        dull = self._dull
        if dull.issuperset(words):  # most sentences hold no word of most tables, and this looks at no word twice
            return []
        known, learn = self._bright.get, self._learn
        found = [i for i, word in enumerate(words) if word not in dull]
        return [(i, readings) for i in found if (readings := known(words[i]) or learn(words[i])) is not None]

    def longest(self, words: Sequence[str], lit: "Lit[T] | None" = None) -> list[tuple[int, int, str, T]]:
        """`at` of every token at once, as (first, last, clitics, entry) in order; phrases may overlap.

        `lit` is what `Lookups` found in the words for this table.

        >>> PhraseTable([("تنظيم الدولة", 1), ("الدولة", 2)]).longest(("تنظيم", "الدوله"))
        [(0, 2, '', 1), (1, 2, '', 2)]
        """
        found: list[tuple[int, int, str, T]] = []
        for i, readings in self._lit(words) if lit is None else lit:
            if len(readings) == 1 and not readings[0][1].longer:  # one word that begins no longer phrase: most are so
                prefix, begun = readings[0]
                found.append((i, i + 1, prefix, begun.alone[0]))  # type: ignore[misc]
            elif matches := _matches(words, i, readings):
                found.append((i, *matches[0]))
        return found

    def every(self, words: Sequence[str], lit: "Lit[T] | None" = None) -> list[tuple[int, int, T]]:
        """`all_at` of every token at once, as (first, last, entry), longest first at each token.

        `lit` is what `Lookups` found in the words for this table.

        >>> PhraseTable([("تنظيم الدولة", 1), ("تنظيم", 2)]).every(("وتنظيم", "الدوله"))
        [(0, 2, 1), (0, 1, 2)]
        """
        found: list[tuple[int, int, T]] = []
        for i, readings in self._lit(words) if lit is None else lit:
            if len(readings) == 1 and not readings[0][1].longer:
                found.append((i, i + 1, readings[0][1].alone[0]))  # type: ignore[misc]
            else:
                found += [(i, last, entry) for last, _, entry in _matches(words, i, readings)]
        return found

    def first(self, words: Sequence[str], start: int, end: int) -> tuple[int, Match[T]] | None:
        """The first token between two at which a phrase begins, with the longest that does; None when there is none."""
        if not self._dull.issuperset(words[start:end]):
            for i in range(start, end):
                match = self.at(words, i)
                if match is not None:
                    return i, match
        return None

    def at(self, words: Sequence[str], i: int) -> Match[T] | None:
        """The longest phrase that begins at token `i` (fewest clitics first), or None."""
        word = words[i]
        if word in self._dull:
            return None
        readings = self._bright.get(word) or self._learn(word)
        if readings is None:
            return None
        if len(readings) > 1:
            found = self.all_at(words, i)
            return found[0] if found else None
        prefix, begun = readings[0]
        after = i + 1
        if begun.longer and after < len(words):
            for tail, entry in begun.longer.get(words[after], ()):
                last = after + len(tail)
                if last == after + 1 or tuple(words[after:last]) == tail:
                    return Match(last, prefix, entry)
        return Match(after, prefix, begun.alone[0]) if begun.alone else None

    def all_at(self, words: Sequence[str], i: int) -> list[Match[T]]:
        """Every phrase that begins at token `i`, longest first."""
        word = words[i]
        if word in self._dull:
            return []
        readings = self._bright.get(word) or self._learn(word) or []
        return [Match(*found) for found in _matches(words, i, readings)]


class _Phrases(Generic[T]):
    """The phrases of one first word: by their second word, longest first, and the entry of the word alone."""

    __slots__ = ("alone", "longer")

    def __init__(self, alone: tuple[T] | tuple[()], longer: Iterable[tuple[str, T]]) -> None:
        self.alone = alone
        self.longer: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for text, entry in longer:
            tail = tuple(text.split(" ")[1:])
            self.longer.setdefault(tail[0], []).append((tail, entry))
        for rows in self.longer.values():
            rows.sort(key=_longest)


_Reading = tuple[str, _Phrases[T]]  # the clitics before a word, and the phrases that its rest begins
Lit = list[tuple[int, list[_Reading[T]]]]  # the tokens at which a phrase may begin, with their readings
Lits = Sequence[Lit[T]]  # of each sentence of a text


class Lookups:
    """Several tables, and other questions, asked of each word at once: it is looked up only once. Immutable but for a
    bounded memo.

    A question takes a word and gives what it may be, or nothing (None, False or []). The first words of tables are gathered at
    once, so that most new words need not be looked up in each; `readings` of a very big table is better asked as a question.

    >>> one, two = PhraseTable([("تنظيم", 1)]), PhraseTable([("الدولة", 2)])
    >>> lit = Lookups((one, two), (str.isdigit,)).lit(("تنظيم", "الدوله", "12"))
    >>> one.longest(("تنظيم", "الدوله", "12"), lit[0]), two.longest(("تنظيم", "الدوله", "12"), lit[1]), lit[2]
    ([(0, 1, '', 1)], [(1, 2, '', 2)], [(2, True)])
    """

    __slots__ = ("_known", "_questions", "_tables", "_width")

    def __init__(self, tables: Sequence[PhraseTable[Any]], questions: Sequence[Callable[[str], Any]] = ()) -> None:
        self._tables: dict[str, list[int]] = {}  # those in which a phrase begins with a word, by their number
        for number, table in enumerate(tables):
            for word in table.first_words():
                self._tables.setdefault(word, []).append(number)
        self._questions = (*[table.readings for table in tables], *questions)
        self._width = len(tables)
        self._known: dict[str, tuple[tuple[int, Any], ...]] = {}

    def lit(self, words: Sequence[str]) -> tuple[list[tuple[int, Any]], ...]:
        """For each table and question, the tokens of which it gives something, with what it gives: of a table, the tokens
        at which a phrase may begin, with their readings.
        """
        found: tuple[list[tuple[int, Any]], ...] = tuple([[] for _ in self._questions])
        for i, rows in enumerate(map(self._known.get, words)):
            if rows is None:
                rows = self._learn(words[i])
            if rows:
                for number, answer in rows:
                    found[number].append((i, answer))
        return found

    def every(self, texts: Sequence[Sequence[str]]) -> list[list[list[tuple[int, Any]]]]:
        """For each table and question, what `lit` gives of each of several texts."""
        rows = [self.lit(words) for words in texts]
        return [[row[number] for row in rows] for number in range(len(self._questions))]

    def _learn(self, word: str) -> tuple[tuple[int, Any], ...]:
        if len(self._known) >= MEMORY:
            self._known.clear()
        begun = {number for _, rest in splits(word) for number in self._tables.get(rest, ())}
        begun.update(range(self._width, len(self._questions)))
        asked = [(number, self._questions[number](word)) for number in sorted(begun)]
        rows = self._known[word] = tuple([(number, answer) for number, answer in asked if answer])
        return rows


def _matches(words: Sequence[str], i: int, readings: list[_Reading[T]]) -> list[tuple[int, str, T]]:
    """The phrases that begin at token `i` as (last, clitics, entry), longest first, then with the fewest clitics."""
    after = i + 1
    following = words[after] if after < len(words) else ""
    found: list[tuple[int, str, T]] = []
    for prefix, begun in readings:
        for tail, entry in begun.longer.get(following, ()):
            last = after + len(tail)
            if last == after + 1 or tuple(words[after:last]) == tail:
                found.append((last, prefix, entry))
        if begun.alone:
            found.append((after, prefix, begun.alone[0]))
    if len(readings) > 1 and len(found) > 1:
        found.sort(key=_longest_fewest)
    return found


def _longest(row: tuple[tuple[str, ...], object]) -> int:
    return -len(row[0])


def _longest_fewest(found: tuple[int, str, object]) -> tuple[int, int]:
    return -found[0], len(found[1])
