"""The error of a question that cannot be answered."""


class QueryError(Exception):
    """The question is not understood or names what the record does not hold; one sentence a user can act on."""
