"""The full-text index: what of an article goes into it, the same for both databases.

Each word stands in it by its stem, in its place, so that phrases are found; what else a word may be ("ولاية" is no "لاية")
stands apart. SQLite holds that as FTS5 without content (the text itself is in `articles`), PostgreSQL as a tsvector whose
weights are the columns: A the title, B the text; the other readings begin with "=".
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from waqai.store.words import more_readings, stem

if TYPE_CHECKING:
    from sqlalchemy import Connection

Indexed = tuple[str, ...]
"""What is indexed of an article, as its database takes it: stems of title and text, and other readings; or a vector of them."""

OTHER = "="
"""What stands before another reading of a word in PostgreSQL."""
_FAR = 16383  # the last place that PostgreSQL tells apart
_MOST = 60_000  # different words of an article that PostgreSQL takes (a tsvector has at most 1 MB)
_PLACES = 200  # of one word: PostgreSQL takes 256
_INSERT = {
    "sqlite": "INSERT INTO article_words (rowid, title, body, more) VALUES (?, ?, ?, ?)",
    "postgresql": "INSERT INTO article_words (article, words) VALUES (%s, CAST(%s AS tsvector))",
}


def indexed(title: Sequence[str], words: Sequence[str], dialect: str) -> Indexed:
    """What is indexed of an article with these folded words, of its title and of its text."""
    if dialect == "sqlite":
        return " ".join(map(stem, title)), " ".join(map(stem, words)), " ".join(_more(title, words))
    return (_vector(title, words),)


def add_words(connection: "Connection", articles: Iterable[tuple[int, Indexed]]) -> None:
    """Put new articles, by their numbers, into the index."""
    rows = [(number, *one) for number, one in articles]
    if rows:
        connection.exec_driver_sql(_INSERT[connection.dialect.name], rows)


def _more(title: Sequence[str], words: Sequence[str]) -> list[str]:
    return [reading for word in dict.fromkeys((*title, *words)) for reading in more_readings(word)]


def _vector(title: Sequence[str], text: Sequence[str]) -> str:
    """The tsvector as PostgreSQL reads it: 'حلب':1A,7B."""
    places: dict[str, list[str]] = defaultdict(list)
    for weight, first, words in (("A", 1, title), ("B", len(title) + 2, text)):
        for place, word in enumerate(map(stem, words), first):
            if place <= _FAR or word not in places:
                places[word].append(f"{min(place, _FAR)}{weight}")
    for word in _more(title, text):
        places[OTHER + word].append(f"{_FAR}C")
    kept = list(places.items())[:_MOST]
    return " ".join(f"'{word}':{','.join(held[-1:] + held[: _PLACES - 1])}" for word, held in kept)


def create_word_index(connection: "Connection") -> None:
    """Make the full-text index of a new record."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE article_words USING fts5"
            "(title, body, more, content='', detail=full, tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        connection.exec_driver_sql(
            "CREATE TABLE article_words (article INTEGER PRIMARY KEY REFERENCES articles (number), words TSVECTOR NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX article_words_words ON article_words USING gin (words)")
