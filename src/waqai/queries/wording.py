"""The full-text question of a filter, as the articles that answer it."""

from typing import Any

from sqlalchemy import Connection, Select


def matching_articles(connection: Connection, words: str) -> Select[Any]:
    """The numbers of the articles that hold the words."""
    raise NotImplementedError
