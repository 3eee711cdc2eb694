"""What can go wrong with a record, each as one sentence a user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from waqai.sentences import BUSY, RECORD_NOT_NOW, TOOK_TOO_LONG, Said, Sentence, Told

LOCKED = ("database is locked", "database table is locked", "database schema is locked")
_LACKING = "{name} lacks a part that every record has: go back to a copy of it, or build it again into another one"
_SQLITE: tuple[tuple[str, Sentence | str], ...] = (
    ("file is not a database", "{name} is no record of waqai: another kind of file"),
    ("malformed", "{name} is damaged: go back to a copy of it, or build it again from its articles"),
    ("database or disk is full", "the disk of {name} is full: make room and run the command again, nothing is harmed"),
    ("disk i/o error", "the disk of {name} cannot be read or written (full, or taken away?); nothing is harmed"),
    ("readonly database", "{name} cannot be written: it, or its folder, is read-only for you"),
    ("unable to open database file", "{name} cannot be opened: its folder is not there, or not yours to write"),
    ("no such table", _LACKING),
    ("no such column", _LACKING),
    ("interrupted", TOOK_TOO_LONG),
)
_POSTGRESQL: tuple[tuple[str, Sentence | str], ...] = (
    ("password authentication failed", "{name} refuses this user name or password"),
    ("no password supplied", "{name} asks for a password: postgresql://USER:PASSWORD@HOST/NAME"),
    ('relation "', _LACKING),
    ("does not exist", "{name} is not there: create the database first (createdb), then run the command again"),
    ("permission denied", "{name} does not let this user do that: ask for the rights to create and write tables"),
    ("no space left", "the disk of {name} is full: make room there and run the command again, nothing is harmed"),
    ("read-only transaction", "{name} is read-only"),
    ("lock timeout", BUSY),
    ("statement timeout", TOOK_TOO_LONG),
)


class StoreError(Told):
    """The record cannot be opened, read or written; one sentence a user can act on."""

    general = RECORD_NOT_NOW


def is_locked(error: BaseException) -> bool:
    """Whether another program holds the record at this moment."""
    return isinstance(error, exc.OperationalError) and any(word in str(error.orig) for word in LOCKED)


@contextmanager
def failures_of(name: str) -> Iterator[None]:
    """Within, errors of the database become StoreError; `name` is the record as the user called it."""
    try:
        yield
    except exc.DBAPIError as error:
        raise StoreError(sentence_of(error, name)) from error
    except exc.SQLAlchemyError as error:
        raise StoreError(f"{name}: {_first_line(error)}") from error


def sentence_of(error: exc.DBAPIError, name: str) -> Said | str:
    """What happened, and what to do about it, without the statement and its values."""
    said = str(error.orig).lower()
    postgresql = "psycopg" in type(error.orig).__module__
    if is_locked(error):
        return BUSY(name=name)
    for words, sentence in _POSTGRESQL if postgresql else _SQLITE:
        if words in said:
            return sentence.format(name=name) if isinstance(sentence, str) else sentence(name=name)
    if postgresql and (error.connection_invalidated or isinstance(error, exc.OperationalError)):
        return f"the server of {name} does not answer ({_first_line(error.orig)}); what was kept before is kept"
    return f"{name}: {_first_line(error.orig)}"


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
