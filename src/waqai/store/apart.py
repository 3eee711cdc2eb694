"""Which files are a record's own: the file of SQLite and what stands beside it. Nothing else may be written there."""

import os
import stat
from contextlib import suppress

SERVERS = ("postgresql:", "postgres:", "postgresql+psycopg:")
"""How an address begins that is no file."""
_BESIDE = (
    "-wal",
    "-shm",
    "-journal",
    "-build",
    "-accounts",
)  # what SQLite keeps there, the lock of a build, and accounts


def meets_record(path: str | int, record: str) -> str | None:
    """What a file to be written (a path, or the number of an open file) is to the record at this address, in words.

    None when it is apart from it. Links of all kinds are seen through, and a file that is not there yet is known by its name.

    >>> meets_record("r.db", "./r.db"), meets_record("r.csv", "r.db")
    ('both the record and the output', None)
    """
    if record.startswith(SERVERS) or "\0" in record:
        return None
    if _same(path, record):
        return "both the record and the output"
    for base in dict.fromkeys((record, os.path.realpath(record))):
        if any(_same(path, base + ending) for ending in _BESIDE):
            return f"a file that belongs to the record {record!r}; write elsewhere"
    return None


def _same(path: str | int, other: str) -> bool:
    with suppress(OSError, ValueError):
        one, two = os.stat(path), os.stat(other)
        return stat.S_ISREG(one.st_mode) and (one.st_dev, one.st_ino) == (two.st_dev, two.st_ino)
    return isinstance(path, str) and "\0" not in path and os.path.realpath(path) == os.path.realpath(other)
