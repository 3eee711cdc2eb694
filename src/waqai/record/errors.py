"""One error for everything that can go wrong between a person and a record."""

from collections.abc import Iterator
from contextlib import contextmanager


class WaqaiError(Exception):
    """It cannot be done as asked; one sentence that says what to change, the same that the command prints."""


@contextmanager
def told() -> Iterator[None]:
    """Within, the errors of the stages become WaqaiError, with the same sentence."""
    from waqai.exports.facts import ExportError
    from waqai.queries.errors import QueryError
    from waqai.running import JobError
    from waqai.store.failures import StoreError
    from waqai.store.text_search import SearchError

    try:
        yield
    except (ExportError, QueryError, StoreError, SearchError, JobError) as error:
        raise WaqaiError(str(error)) from error
