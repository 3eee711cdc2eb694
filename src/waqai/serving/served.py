"""The open record of a server: what every route is given."""

import datetime as dt
import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection, event
from sqlalchemy.pool import ConnectionPoolEntry

from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.files import load_files
from waqai.model.article import Article
from waqai.queries.asking import GRADES, filter_asked
from waqai.queries.columns import DECODED
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter, NoType
from waqai.queries.known import Known
from waqai.queries.ordering import Worths
from waqai.queries.stats import ANSWERED
from waqai.sentences import NO_TYPE, READ_FAILED, READ_TOO_LONG, Word
from waqai.serving.care import Care
from waqai.serving.errors import Refused
from waqai.serving.labels import load_labels
from waqai.serving.memory import Columns, Memory, Pieces, SeenPieces, Told
from waqai.serving.params import Conditions
from waqai.serving.settings import Settings
from waqai.serving.shown import incident_shown, shown_in
from waqai.serving.standing import Standing
from waqai.store.counted import REMEMBERED, SEEN
from waqai.store.opening import Store, open_store

if TYPE_CHECKING:
    from waqai.deriving.deciding import Decider
    from waqai.pipeline import Pipeline

T = TypeVar("T")
_CACHE_KB = 16_384  # of each connection
_STEPS = 50_000  # of SQLite between two looks at the clock
_CODERS = 2
THREADS = 12
"""Requests that are worked on at once."""


class Served:
    """The record, opened for reading, with the knowledge that routes need. Close it when the server ends."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = open_store(settings.db, connections=THREADS)
        told = Told()
        held = {REMEMBERED: Pieces(told), DECODED: Columns(), ANSWERED: self._answered}
        if self.store.dialect == "sqlite":
            held[SEEN] = SeenPieces()
            event.listen(self.store.engine, "connect", _only_read)
        event.listen(self.store.engine, "connect", _remembering(held))
        self.standing = Standing(self.store, settings.db)
        self.store.engine.dispose()  # connections from before the listener stood
        self.codebook: Codebook = load_codebook(load_files())
        self.labels = load_labels(settings.static)
        self._lock = threading.Lock()
        self.care = Care(settings, lambda: self.today, lambda: self.pipeline)
        self.memory = Memory(self.store, told)
        self._coders = ThreadPoolExecutor(_CODERS, "coder")

    def close(self) -> None:
        """Let the record go."""
        self._coders.shutdown(wait=False, cancel_futures=True)
        self.memory.close()
        self.store.close()
        writing = self.__dict__.get("writing")
        if writing is not None:
            writing.close()

    def _answered(self, key: str, make: Callable[[], bytes]) -> bytes:
        return self.memory.answer(key, make)

    @cached_property
    def worths(self) -> Worths:
        """What codes are compared by in lists: types by their names, grades and modalities by their places in the codebook."""
        types = {name: self.labels.keys("sub", arabic) for name, arabic in (("type", False), ("type_ar", True))}
        places = {"grade": GRADES, "modality": self.codebook.modalities}
        return types | {name: {code: str(at) for at, code in enumerate(codes)} for name, codes in places.items()}

    def warm(self) -> None:
        """Load what the first person who looks at an article, or asks for a name, would otherwise wait for."""
        with suppress(Exception):  # whoever asks for it is told what is wrong
            self.pipeline.reports(Article("warm", "قصف الطيران بلدة مهين أمس."))

    @cached_property
    def writing(self) -> Store:
        """The same record, to be written to (decisions)."""
        return open_store(self.settings.db)

    @property
    def decider(self) -> "Decider":
        """What keeps decisions in the record, made once."""
        with self._lock:
            return self._decider

    @cached_property
    def _decider(self) -> "Decider":
        from waqai.deriving.deciding import Decider

        return Decider(self.writing, known=self.known, today=lambda: self.today)

    @cached_property
    def known(self) -> Known:
        """The parties and places that are known by name."""
        return Known()

    @property
    def today(self) -> dt.date:
        """The day of the clock."""
        return self.settings.today or dt.date.today()

    @contextmanager
    def read(self, seconds: float | None = None) -> Iterator[Connection]:
        """A connection that sees one state of the record and cannot write; a question that takes too long ends.

        Raises StoreError.
        """
        with self.memory.reading(), self.store.read() as connection:
            end = time.monotonic() + (seconds or self.settings.patience)
            if self.store.dialect != "sqlite":
                milliseconds = int(1000 * (seconds or self.settings.patience))
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds}")
                yield connection
                return
            raw: Any = connection.connection.driver_connection
            raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            try:
                yield connection
            finally:
                raw.set_progress_handler(None, 0)

    def filter(self, connection: Connection, asked: Conditions, incident: str | None = None) -> Filter:
        """The filter that the conditions of a request mean, of what may be shown; QueryError when it cannot be asked."""
        words = asked.asked()
        if incident is not None:
            words["incident"] = [incident_shown(connection, self.care, incident)]
        try:
            return self.care.filter(
                connection, filter_asked(connection, words, self.codebook, known=shown_in(connection, self.care))
            )
        except NoType as error:
            near = Word(
                "; ".join(error.near), "؛ ".join(self.labels.in_arabic(one, "type", "sub") for one in error.near)
            )
            raise QueryError(NO_TYPE(name=self.care.text(error.name), near=near)) from None
        except QueryError as error:
            raise QueryError(self.care.refusal(error)) from None

    @property
    def pipeline(self) -> "Pipeline":
        """The coder with its knowledge, loaded once."""
        with self._lock:
            return self._pipeline

    @cached_property
    def _pipeline(self) -> "Pipeline":
        from waqai.knowledge.load import no_garbage
        from waqai.pipeline import open_pipeline

        with no_garbage():
            pipeline = open_pipeline()
            gc.freeze()  # it stays to the end: to search it for garbage took a tenth of the time of all answers
        return pipeline

    def within(self, seconds: float, work: Callable[[], T]) -> T:
        """Do work on a text beside the requests; Refused when it takes longer. Texts are hostile until proven otherwise."""
        future = self._coders.submit(work)
        try:
            return future.result(seconds)
        except TookTooLong:
            future.cancel()
            raise Refused(503, READ_TOO_LONG(seconds=f"{seconds:g}")) from None
        except Exception as error:  # whatever a text does to the coder, it stays the text's own matter
            logging.getLogger("uvicorn.error").error("a text could not be read again", exc_info=error)
            raise Refused(503, READ_FAILED(error=type(error).__name__)) from error


def _remembering(held: dict[str, Any]) -> Callable[[Any, ConnectionPoolEntry], None]:
    def connected(_: Any, entry: ConnectionPoolEntry) -> None:
        entry.info.update(held)

    return connected


def _only_read(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
    cursor.close()


def served_of(request: Request) -> Served:
    """What the application of a request serves; StoreError when its file is no longer there."""
    found: Served = request.app.state.served
    found.standing.check()
    return found


Record = Annotated[Served, Depends(served_of)]
"""The parameter by which a route is given what is served."""
