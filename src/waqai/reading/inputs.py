"""The inputs of a run: files, folders and standard input, told apart by their endings or by what they hold."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from waqai.model.article import Article
from waqai.reading.compressed import BROKEN, reason, unpacked
from waqai.reading.decode import binary, without_nuls
from waqai.reading.fields import SURROGATE, article
from waqai.reading.files import read_html, read_text, read_warc
from waqai.reading.guess import guess
from waqai.reading.lines import read_json, read_jsonl
from waqai.reading.outcome import InputError, InputFormat, ReadOptions, Row, Skipped, Source
from waqai.reading.parquet import read_parquet
from waqai.reading.tables import read_csv, read_tsv

STANDARD_INPUT = "-"
_ENDINGS: Mapping[str, InputFormat] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
}
_PACKED = (".gz", ".zst", ".zstd", ".gzip")
_READERS: Mapping[InputFormat, Callable[[Source, io.BufferedReader], Iterator[Row | Skipped]]] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "tsv": read_tsv,
    "parquet": read_parquet,
    "warc": read_warc,
}


def read_inputs(paths: Sequence[str], options: ReadOptions | None = None) -> Iterator[Article | Skipped]:
    """The articles of files, folders (recursively, in alphabetical order) and "-" (standard input), one at a time.

    What cannot be read comes as Skipped, in its place, and the rest goes on. Raises InputError at once when a path
    is not there.
    """
    for path in paths:
        if path != STANDARD_INPUT and not os.path.lexists(path):
            raise InputError(f"there is no file or folder {path!r}")
    return _read(paths, options or ReadOptions())


def _read(paths: Sequence[str], options: ReadOptions) -> Iterator[Article | Skipped]:
    for path in paths:
        if path == STANDARD_INPUT:
            yield from read_stream(
                Source("standard input", "stdin"), cast(io.BufferedReader, sys.stdin.buffer), None, options
            )
        elif os.path.isdir(path):
            yield from _folder(path, options)
        else:
            yield from _file(path, options)


def find_files(folder: str) -> list[str]:
    """The files below a folder, sorted by path; names that begin with a full stop are left out."""
    return [path for path, trouble in _walk(folder) if trouble is None]


def _walk(folder: str) -> list[tuple[str, str | None]]:
    """What is below a folder, sorted by path: files, and with the reason the folders that are not entered."""
    found: list[tuple[str, str | None]] = []

    def unreadable(error: OSError) -> None:
        found.append((str(error.filename), reason(error)))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = [os.path.join(root, name) for name in folders]
        found += [(path, "it is a link to a folder, and is not followed") for path in below if os.path.islink(path)]
        found += [(os.path.join(root, name), None) for name in names if not name.startswith(".")]
    return sorted(found, key=lambda pair: pair[0])


def _folder(path: str, options: ReadOptions) -> Iterator[Article | Skipped]:
    found = _walk(path)
    if not found:
        yield Skipped(path, None, "there is no file in this folder")
    for file, trouble in found:
        if trouble is not None:
            yield Skipped(file, None, trouble)
            continue
        try:
            regular = stat.S_ISREG(os.stat(file).st_mode)
        except OSError as error:
            yield Skipped(file, None, reason(error))
            continue
        if regular:
            yield from _file(file, options)
        else:
            yield Skipped(file, None, "it is no ordinary file")


def name_parts(path: str) -> tuple[str, InputFormat | None]:
    """A file's name without the endings of its packing and format, and the format its ending names.

    >>> name_parts("archive/homs-2015.jsonl.gz")
    ('homs-2015', 'jsonl')
    """
    stem = Path(path).name
    base, ending = os.path.splitext(stem)
    if ending.lower() in _PACKED and base:
        stem = base
        base, ending = os.path.splitext(stem)
    known = _ENDINGS.get(ending.lower())
    return (base if known else stem, known)


def _file(path: str, options: ReadOptions) -> Iterator[Article | Skipped]:
    stem, known = name_parts(path)
    try:
        stream = open(path, "rb")  # noqa: SIM115 - closed by the with below
    except OSError as error:
        yield Skipped(path, None, reason(error))
        return
    with stream:
        yield from read_stream(Source(path, SURROGATE.sub("\ufffd", stem)), stream, known, options)


def read_stream(
    source: Source, stream: io.BufferedReader, known: InputFormat | None, options: ReadOptions
) -> Iterator[Article | Skipped]:
    """The articles of one opened input, unpacked; what cannot be read is named. An unnamed format is guessed."""
    number = 0
    try:
        content = unpacked(stream)
        head = content.peek(1 << 13)
        if not head:
            yield Skipped(source.where, None, "it is empty")
            return
        wanted = options.format or known or guess(head)
        trouble = None if wanted in ("parquet", "warc") else binary(without_nuls(head) if wanted == "html" else head)
        if trouble:
            yield Skipped(source.where, None, trouble)
            return
        for row in _READERS[wanted](source, content):
            number = row.number or 0
            yield row if isinstance(row, Skipped) else article(source, row, options)
    except BROKEN as error:
        yield Skipped(source.where, number + 1 if number else None, reason(error))
