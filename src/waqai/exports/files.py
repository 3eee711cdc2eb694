"""Files that appear whole or not at all: written beside their place under another name, then renamed."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import BinaryIO

from waqai.exports.facts import ExportError


def check_place(path: str) -> None:
    """Raise ExportError when a file cannot be written there."""
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path):
        raise ExportError(f"cannot write {path!r}: it is a folder")
    if not os.path.isdir(folder):
        raise ExportError(f"cannot write {path!r}: no such folder")
    if not os.access(folder, os.W_OK):
        raise ExportError(f"cannot write {path!r}: permission denied")


@contextmanager
def whole_files(paths: Sequence[str]) -> Iterator[tuple[BinaryIO, ...]]:
    """Streams to write these files to. When the block ends they stand in their places, in this order; when it raises,
    what stood there before stands there still. OSError names the file that could not be written."""
    parts = [
        f"{os.path.join(os.path.dirname(path), '.' + os.path.basename(path))}.{os.getpid()}.part" for path in paths
    ]
    try:
        with ExitStack() as opened:
            streams = tuple(opened.enter_context(open(part, "wb")) for part in parts)
            yield streams
            for stream in streams:
                stream.flush()
                os.fsync(stream.fileno())
        for part, path in zip(parts, paths, strict=True):
            os.replace(part, path)
    except OSError as error:
        if error.filename is None or error.filename in parts:
            place = paths[parts.index(error.filename)] if error.filename in parts else paths[0]
            raise OSError(error.errno, error.strerror, place) from error
        raise
    finally:
        for part in parts:
            with suppress(OSError):
                os.unlink(part)
