"""The columns that reports are counted by, made again where a build has changed a report."""

from waqai.store.counted import keep, missing
from waqai.store.opening import Store


def keep_counted(store: Store) -> int:
    """Keep the pieces of columns that are not there, one in a transaction; how many. StoreError when the record cannot be
    written. Nothing that is counted depends on it but the time that it takes."""
    with store.read() as connection:
        wanted = missing(connection)
    for piece in wanted:
        with store.write() as connection:
            keep(connection, piece)
    return len(wanted)
