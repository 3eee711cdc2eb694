"""The full-text index: what of an article goes into it, the same for both databases.

Each word stands in it by its stem, in its place, so that phrases are found; what else a word may be ("ولاية" is no "لاية")
stands apart. SQLite holds that as FTS5 without content (the text itself is in `articles`), PostgreSQL as a tsvector whose
weights are the columns: A the title, B the text; the other readings begin with "=".
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from waqai.store.words import more_readings, stem

OTHER = "="
"""What stands before another reading of a word in PostgreSQL."""
_FAR = 16383  # the last place that PostgreSQL tells apart
_MOST = 60_000  # different words of an article that PostgreSQL takes (a tsvector has at most 1 MB)
_PLACES = 200  # of one word: PostgreSQL takes 256


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of an article: its number, the folded words of its title and of its text."""

    number: int
    title: Sequence[str]
    text: Sequence[str]


def add_words(connection: Connection, articles: Sequence[Words]) -> None:
    """Put new articles into the index."""
    if not articles:
        return
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO article_words (rowid, title, body, more) VALUES (:number, :title, :body, :more)")
        connection.execute(statement, [_columns(one) for one in articles])
    else:
        statement = text("INSERT INTO article_words (article, words) VALUES (:number, CAST(:words AS tsvector))")
        connection.execute(statement, [{"number": one.number, "words": _vector(one)} for one in articles])


def _columns(one: Words) -> dict[str, object]:
    return {
        "number": one.number,
        "title": " ".join(map(stem, one.title)),
        "body": " ".join(map(stem, one.text)),
        "more": " ".join(_more(one)),
    }


def _more(one: Words) -> list[str]:
    return [reading for word in dict.fromkeys((*one.title, *one.text)) for reading in more_readings(word)]


def _vector(one: Words) -> str:
    """The tsvector as PostgreSQL reads it: 'حلب':1A,7B."""
    places: dict[str, list[str]] = defaultdict(list)
    for weight, first, words in (("A", 1, one.title), ("B", len(one.title) + 2, one.text)):
        for place, word in enumerate(map(stem, words), first):
            if place <= _FAR or word not in places:
                places[word].append(f"{min(place, _FAR)}{weight}")
    for word in _more(one):
        places[OTHER + word].append(f"{_FAR}C")
    kept = list(places.items())[:_MOST]
    return " ".join(f"'{word}':{','.join(held[-1:] + held[: _PLACES - 1])}" for word, held in kept)
