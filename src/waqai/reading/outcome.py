"""What reading gives besides articles: what was skipped and why, and the options of a run."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

InputFormat = Literal["text", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc"]
FORMATS: tuple[InputFormat, ...] = get_args(InputFormat)

MAX_BYTES = 50_000_000
"""The most bytes that are read for one text, one line of JSON or one page."""
MAX_CHARACTERS = 5_000_000
"""The longest text of one article."""
TOO_BIG = "it is enormous: one text may have 5 million characters and 50 MB"


_UNPRINTABLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")


class InputError(ValueError):
    """An input that was named is not there or cannot be what was said; one sentence."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One article, or the rest of a file, that was not read. `number` counts the file's records, or lines, from 1."""

    where: str
    number: int | None
    reason: str

    def __str__(self) -> str:
        """One line for a person."""
        record = "" if self.number is None else f", record {self.number}"
        where = _UNPRINTABLE.sub(lambda found: ascii(found.group())[1:-1], self.where)
        return f"{where}{record}: {self.reason}"


class Unreadable:
    """Stands in a row for a value that its file holds, but that cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as its file holds it, nothing checked yet; `damaged` counts characters that could not be decoded."""

    number: int | None
    fields: Mapping[str, object]
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file being read: how messages name it, and its name without endings, from which ids are made."""

    where: str
    stem: str


def _say_nothing(_line: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: `format` is taken for every input instead of guessing; `notice` gets one line for each thing that an
    article was read without."""

    format: InputFormat | None = None
    notice: Callable[[str], None] = field(default=_say_nothing)
