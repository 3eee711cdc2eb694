"""Dates as written: what the words say, before they are set against the article's day."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from waqai.arabic.phrases import Match
from waqai.knowledge.dates import DateKnowledge, Term, TermKind

WrittenKind = Literal[
    "day", "month", "year", "weekday", "day of month", "offset", "last night", "span", "last", "ago", "vague",
    "operation", "following",
]  # fmt: skip
SEPARATORS = frozenset("،()-/|")


class Written(NamedTuple):
    """One date as written. `last` is the token after it; numbers are those of its own `calendar`.

    `day2`, `month2`, `weekday2` and `year2` close a range; `direction` is last/this/next; `shift` counts years from
    the article's ("من العام الماضي" is -1); `amount` and `unit` belong to "ago" and "last".
    """

    kind: WrittenKind
    first: int
    last: int
    prefix: str = ""
    day: int = 0
    day2: int = 0
    month: int = 0
    month2: int = 0
    year: int = 0
    year2: int = 0
    calendar: str = "gregorian"
    weekday: int | None = None
    weekday2: int | None = None
    days: int | None = None
    amount: int = 0
    unit: str = ""
    direction: str = ""
    shift: int | None = None
    position: str = ""
    time: str | None = None
    since: bool = False
    doubtful: bool = False


def replace(written: Written, **changes: Any) -> Written:
    """The date with some fields changed (a named tuple, because dates are changed often while they are read)."""
    return written._replace(**changes)


class Words:
    """The tokens of one sentence with the terms that begin at them."""

    __slots__ = ("_found", "knowledge", "words")

    def __init__(self, words: Sequence[str], knowledge: DateKnowledge) -> None:
        """Take folded tokens and the knowledge of dates."""
        self.words = words
        self.knowledge = knowledge
        self._found: dict[int, list[Match[Term]]] = {}

    def word(self, i: int) -> str:
        """The token at `i`, empty beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def at(self, i: int) -> Match[Term] | None:
        """The longest term at `i`."""
        return self.knowledge.terms.at(self.words, i) if i < len(self.words) else None

    def begins(self, i: int) -> bool:
        """Whether a date may begin at `i`."""
        return i < len(self.words) and self.knowledge.begins_with(self.words[i])

    def find(self, i: int, *kinds: TermKind) -> Match[Term] | None:
        """The longest term of these kinds at `i`."""
        if i >= len(self.words):
            return None
        found = self._found.get(i)
        if found is None:
            found = self._found[i] = self.knowledge.terms.all_at(self.words, i)
        for match in found:
            if match.entry.kind in kinds:
                return match
        return None

    def skip(self, i: int, *kinds: TermKind) -> int:
        """The token after a term of these kinds at `i`, else `i`."""
        found = self.find(i, *kinds)
        return found.last if found else i

    def separator(self, i: int) -> int:
        """The token after one comma, bracket or dash at `i`, else `i`."""
        return i + 1 if self.word(i) in SEPARATORS else i

    def before(self, i: int) -> str:
        """The word before `i`, over one quotation mark."""
        return self.word(i - 2) if self.word(i - 1) == '"' else self.word(i - 1)


def number(word: str) -> int | None:
    """A whole number in ASCII digits of at most four places, else None."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 4 else None


def own_prefix(prefix: str) -> str:
    """The clitics that belong to the grammar: without the article, which belongs to the name."""
    return prefix[:-2] if prefix.endswith("ال") else prefix[:-1] if prefix.endswith("لل") else prefix


def definite(prefix: str) -> bool:
    """Whether the clitics hold the article."""
    return prefix.endswith(("ال", "لل"))
