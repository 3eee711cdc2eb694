"""Writing records as they come: JSON Lines, CSV or a readable table, whole lines only."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, cast

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


class Output:
    """Where records go. Each write is one article's and goes out whole."""

    def __init__(
        self, stream: BinaryIO, format: OutputFormat, form: Form, console: "Console | None", gate: Gate
    ) -> None:
        self._stream, self._format, self._form, self._console = stream, format, form, console
        self._gate = gate
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
            with self._gate.whole():
                self._form.show(self._console, doc_id, [orjson.loads(line) for line in lines])

    def _put(self, data: bytes) -> None:
        if data:
            with self._gate.whole():
                self._stream.write(data)
                self._stream.flush()


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
        yield Output(sys.stdout.buffer, format, form, _console(sys.stdout) if format == "table" else None, gate)
    elif format == "table":
        with open(path, "w", encoding="utf-8") as text:
            yield Output(cast(BinaryIO, text.buffer), format, form, _console(text), gate)
    else:
        with open(path, "wb") as stream:
            yield Output(stream, format, form, None, gate)


def _console(file: Any) -> "Console":
    from rich.console import Console

    return Console(file=file, highlight=False, soft_wrap=False, width=None if file.isatty() else 110)
