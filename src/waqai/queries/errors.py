"""The error of a question that cannot be answered."""

from waqai.sentences import Told


class QueryError(Told):
    """The question is not understood or names what the record does not hold; one sentence a user can act on."""
