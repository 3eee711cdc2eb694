"""Writing records as they come: JSON Lines, CSV or a readable table, whole lines only."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

import orjson

from waqai.cli.stopping import Gate
from waqai.records import Json, csv_header, csv_line

if TYPE_CHECKING:
    from rich.console import Console

OutputFormat = Literal["table", "jsonl", "csv"]
Show = Callable[["Console", str, list[Json]], None]


@dataclass(frozen=True, slots=True)
class Form:
    """How a command's records look: CSV columns, the flat row of a record, the table of one article's records."""

    columns: Sequence[str]
    row: Callable[[Json], Json]
    show: Show


class WholeWriter:
    """Writes pieces that end with a line, each whole or not at all: what a full disk cut off is taken back."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name

    def write(self, data: bytes) -> None:
        """Write it out at once; OSError names the file."""
        try:
            number = self._stream.fileno()
        except OSError:  # no file of the system (in tests)
            self._stream.write(data)
            self._stream.flush()
            return
        status = os.fstat(number)
        try:
            self._stream.flush()
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(number, rest) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            if stat.S_ISREG(status.st_mode):
                with suppress(OSError):
                    os.ftruncate(number, status.st_size)
            raise OSError(error.errno, error.strerror, self._name) from error


class Output:
    """Where records go. Each write is one article's and goes out whole."""

    def __init__(self, writer: WholeWriter, format: OutputFormat, form: Form, terminal: bool, gate: Gate) -> None:
        self._writer, self._format, self._form, self._gate = writer, format, form, gate
        self._held = io.StringIO()
        self._console = _console(self._held, terminal) if format == "table" else None
        if format == "csv":
            self._put(csv_header(form.columns))

    def write(self, doc_id: str, lines: Sequence[bytes]) -> None:
        """The records of one article, given as lines of JSON."""
        if self._format == "jsonl":
            self._put(b"".join(lines))
        elif self._format == "csv":
            rows = [csv_line(self._form.row(orjson.loads(line)), self._form.columns) for line in lines]
            self._put(b"".join(rows))
        elif self._console is not None:
            self._form.show(self._console, doc_id, [orjson.loads(line) for line in lines])
            self._put(self._held.getvalue().encode("utf-8", "backslashreplace"))
            self._held.seek(0)
            self._held.truncate()

    def _put(self, data: bytes) -> None:
        if data:
            with self._gate.whole():
                self._writer.write(data)


def chosen_format(asked: OutputFormat | None, path: str | None) -> OutputFormat:
    """The form asked for, or that of the file's ending, or a table for a person and JSON Lines for a program."""
    if asked:
        return asked
    if path:
        return "csv" if path.lower().endswith(".csv") else "jsonl"
    return "table" if sys.stdout.isatty() else "jsonl"


@contextmanager
def open_output(path: str | None, format: OutputFormat, form: Form, gate: Gate) -> Iterator[Output]:
    """The output of a command, closed at the end; raises OSError when the file cannot be written."""
    if path is None:
        writer = WholeWriter(sys.stdout.buffer, "standard output")
        yield Output(writer, format, form, sys.stdout.isatty(), gate)
    else:
        with open(path, "wb", buffering=0) as stream:
            yield Output(WholeWriter(cast(BinaryIO, stream), path), format, form, False, gate)


def _console(held: io.StringIO, terminal: bool) -> "Console":
    from rich.console import Console

    if not terminal:
        return Console(file=held, highlight=False, soft_wrap=False, width=110)
    shown = Console()
    return Console(
        file=held,
        highlight=False,
        soft_wrap=False,
        width=shown.width,
        force_terminal=shown.is_terminal,
        color_system=None if shown.color_system is None else "auto",
    )
