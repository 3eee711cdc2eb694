"""The full-text question of a filter, as the articles that answer it."""

from sqlalchemy import Connection, Select

from waqai.queries.errors import QueryError
from waqai.store.text_search import SearchError, articles_with, terms_of


def searchable(words: str) -> str:
    """The words as they are; QueryError when there is nothing to search for in them."""
    try:
        terms_of(words)
    except SearchError as error:
        raise QueryError(error.said) from error
    return words


def matching_articles(connection: Connection, words: str) -> Select[tuple[int]]:
    """The numbers of the articles that hold the words; QueryError when there is nothing to search for in them."""
    try:
        return articles_with(connection.dialect.name, words)
    except SearchError as error:
        raise QueryError(error.said) from error
