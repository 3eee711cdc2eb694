"""Full-text search of a record: words, "phrases" and beginnings (كلم*), ranked, with the matches marked in the original.

A word is found with or without vowel marks, tatweel, ال and the clitics و ف ب ك ل, and whichever way أ إ آ ا, ة ه, ى ي were
written. What is asked is taken apart here; nothing of it reaches the database but as a bound value made of letters and digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Double,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.sentences import MANY_WORDS, NO_WORD, SHORT_BEGINNING, Told
from waqai.store.reading import StoredArticle, articles_by_number
from waqai.store.schema import articles
from waqai.store.word_index import OTHER
from waqai.store.words import DROPPED, WORD, folded_words, readings, stem

MOST = 24
"""Words that one search may have."""
_LEAST_BEGINNING = 2
_RANKED = 2000  # PostgreSQL: articles that are ranked, the ones stored last
_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_INDEX = table("article_words", column("rowid"), column("article"), column("words"))
Kind = Literal["word", "phrase", "beginning"]


class SearchError(Told, ValueError):
    """What was asked cannot be searched for; one sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that an article must hold: folded words without the article ال."""

    kind: Kind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. `score` is lower for better ones; `after=(score, article.number)` asks for what follows.

    The marks are ranges of code points, start (in) to end (out), into the title and the text as they were stored.
    """

    article: StoredArticle
    score: float
    title_marks: tuple[tuple[int, int], ...]
    text_marks: tuple[tuple[int, int], ...]

    @property
    def cursor(self) -> tuple[float, int]:
        """What `after` takes."""
        return self.score, self.article.number


def terms_of(query: str) -> tuple[Term, ...]:
    """What a query asks for, all of which must be there; SearchError when it holds no word, or too many.

    >>> [(term.kind, term.words) for term in terms_of('القصفُ "ريف حلب" مدن*')]
    [('word', ('قصف',)), ('phrase', ('ريف', 'حلب')), ('beginning', ('مدن',))]
    """
    found: list[Term] = []
    for match in _PIECE.finditer(fold(query[:4000])):
        given = match[1] if match[1] is not None else match[2]
        words = tuple(_base(word) for word in folded_words(given))
        begins = match[1] is None and given.rstrip().endswith("*")
        if not words:
            continue
        if begins and len(words) == 1:
            if len(words[0]) < _LEAST_BEGINNING:
                raise SearchError(SHORT_BEGINNING(least=_LEAST_BEGINNING))
            found.append(Term("beginning", words))
        else:
            found.append(Term("word" if len(words) == 1 else "phrase", words))
    if not found:
        raise SearchError(NO_WORD())
    if sum(len(term.words) for term in found) > MOST:
        raise SearchError(MANY_WORDS(most=MOST))
    return tuple(dict.fromkeys(found))


def articles_with(dialect: str, query: str) -> Select[tuple[int]]:
    """A question for the numbers of all articles that hold what is asked, to be used within another one; SearchError."""
    terms = terms_of(query)
    if dialect == "sqlite":
        match = literal_column("article_words").op("MATCH")(bindparam("words", _fts(terms), unique=True))
        return select(_INDEX.c.rowid.label("number")).where(match)
    return select(_INDEX.c.article.label("number")).where(_matches(terms))


def search(
    connection: Connection,
    query: str,
    limit: int = 20,
    after: tuple[float, int] | None = None,
    within: Select[tuple[int]] | None = None,
) -> tuple[Hit, ...]:
    """The articles that hold what is asked, the best first, at most `limit`; older versions are left out.

    `after` is the cursor of the last hit of the page before; `within` asks for the numbers of the only articles that may be
    found. In PostgreSQL only the 2,000 articles stored last are ranked when more hold it. Raises SearchError when nothing can
    be searched for.
    """
    terms = terms_of(query)
    ranked = (_ranked_sqlite if connection.dialect.name == "sqlite" else _ranked_postgresql)(terms, within).subquery()
    old = select(articles.c.number).where(articles.c.newer.is_not(None))
    statement = select(ranked.c.number, ranked.c.score).where(ranked.c.number.not_in(old))
    if after is not None:
        statement = statement.where(tuple_(ranked.c.score, ranked.c.number) > after)
    rows = connection.execute(statement.order_by(ranked.c.score, ranked.c.number).limit(max(1, limit))).all()
    held = articles_by_number(connection, [row.number for row in rows])
    return tuple(
        Hit(article, row.score, marks(article.article.title, terms), marks(article.article.text, terms))
        for row in rows
        if (article := held.get(row.number))
    )


def marks(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where in a text stands what is asked: ranges of code points, ascending, those that touch or overlap made one.

    >>> marks("قُصِفَت حلبُ", terms_of("حلب"))
    ((8, 12),)
    """
    found = _tokens(text)
    words = [word for word, _, _ in found]
    ranges: list[tuple[int, int]] = []
    for term in terms:
        fitting = [{word for word in set(words) if _is(word, asked, term.kind)} for asked in term.words]
        size = len(fitting)
        for first in range(len(words) - size + 1):
            if words[first] in fitting[0] and all(map(set.__contains__, fitting, words[first : first + size])):
                ranges.append((found[first][1], found[first + size - 1][2]))
    return tuple(_united(sorted(ranges)))


def _united(ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held: tuple[int, int] | None = None
    for start, end in ranges:
        if held is not None and start <= held[1]:
            held = held[0], max(end, held[1])
        else:
            if held is not None:
                yield held
            held = start, end
    if held is not None:
        yield held


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text with their places in it; marks on the last letter belong to the word."""
    if DROPPED.search(text) is None:
        return [(match.group(), match.start(), match.end()) for match in WORD.finditer(fold(text))]
    kept = [i for i, letter in enumerate(text) if not DROPPED.match(letter)]
    kept.append(len(text))
    plain = fold("".join(text[i] for i in kept[:-1]))
    return [(match.group(), kept[match.start()], _end(text, kept, match.end())) for match in WORD.finditer(plain)]


def _end(text: str, kept: Sequence[int], end: int) -> int:
    last = kept[end - 1] + 1
    while last < kept[end] and DROPPED.match(text, last):
        last += 1
    return last


def _is(word: str, asked: str, kind: Kind) -> bool:
    """Whether a word of a text is the one asked for, as the index sees it."""
    if kind == "beginning":
        return stem(word).startswith(asked) or any(reading.startswith(asked) for reading in readings(word))
    return stem(word) == stem(asked) and (stem(asked) == asked or asked in readings(word))


def _base(word: str) -> str:
    """A word as it was asked for, without the article and what is written before it.

    >>> _base("والطيران"), _base("وحلب"), _base("ولايه")
    ('طيران', 'وحلب', 'ولايه')
    """
    for head, rest in splits(word[:64]):
        if head.endswith(("ال", "لل")) and len(rest) > 2:
            return rest
    return word[:64]


def _fts(terms: Sequence[Term]) -> str:
    """The query of FTS5; words hold nothing but letters and digits, and stand in quotes."""
    parts = []
    for term in terms:
        stems = [stem(word) for word in term.words]
        if term.kind == "beginning":
            parts.append(f'({{title body}} : "{term.words[0]}" * OR more : "{term.words[0]}" *)')
            continue
        others = [word for word, root in zip(term.words, stems, strict=True) if word != root]
        if term.kind == "phrase" or not others:
            parts.append(f'{{title body}} : "{" ".join(stems)}"')
        parts += [f'more : "{word}"' for word in dict.fromkeys(others)]
    return " AND ".join(f"({part})" for part in parts)


def _tsquery(terms: Sequence[Term]) -> str:
    parts = []
    for term in terms:
        stems = [stem(word) for word in term.words]
        if term.kind == "beginning":
            parts.append(f"('{term.words[0]}':* | '{OTHER}{term.words[0]}':*)")
            continue
        others = [word for word, root in zip(term.words, stems, strict=True) if word != root]
        if term.kind == "phrase" or not others:
            parts.append("(" + " <-> ".join(f"'{root}'" for root in stems) + ")")
        parts += [f"'{OTHER}{word}'" for word in dict.fromkeys(others)]
    return " & ".join(parts)


def _matches(terms: Sequence[Term]) -> Any:
    return _INDEX.c.words.op("@@")(_asked(terms))


def _asked(terms: Sequence[Term]) -> Any:
    return cast(bindparam("words", _tsquery(terms), unique=True, type_=Text()), TSQUERY())


def _ranked_sqlite(terms: Sequence[Term], within: Select[tuple[int]] | None) -> Select[Any]:
    match = literal_column("article_words").op("MATCH")(bindparam("words", _fts(terms), unique=True))
    score = func.bm25(literal_column("article_words"), 4.0, 1.0, 0.5)
    fitting = [] if within is None else [_INDEX.c.rowid.in_(within)]
    return select(_INDEX.c.rowid.label("number"), score.label("score")).where(match, *fitting)


def _ranked_postgresql(terms: Sequence[Term], within: Select[tuple[int]] | None) -> Select[Any]:
    """The last articles that hold it, ranked; weights are those of columns D, C, B, A."""
    likely = (
        select(_INDEX.c.article, _INDEX.c.words)
        .where(_matches(terms), *([] if within is None else [_INDEX.c.article.in_(within)]))
        .order_by(_INDEX.c.article.desc())
        .limit(_RANKED)
        .subquery()
    )
    rank = func.ts_rank(literal_column("'{0.1, 0.2, 0.4, 1.0}'::real[]"), likely.c.words, _asked(terms), 1)
    return select(likely.c.article.label("number"), cast(-rank, Double()).label("score"))
