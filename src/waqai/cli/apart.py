"""Keeping what is written apart from what is read: an output never overwrites an input, nor is it read as one."""

import os
import stat
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress

from waqai.cli.arguments import UsageError
from waqai.model.article import Article
from waqai.reading.outcome import InputError, ReadOptions, Skipped

Identity = tuple[int, int]
_STANDARD_INPUT = "-"


def check_apart(output: str | None, inputs: Sequence[str]) -> None:
    """Raise UsageError when the output is one of the inputs, be it in a folder or as standard input."""
    written = _regular(1 if output is None else output)
    if written is None:
        return
    for path in inputs:
        if _regular(0 if path == _STANDARD_INPUT else path) == written:
            raise UsageError(f"{_named(output)} is both input and output")
        if output is not None and os.path.isdir(path):
            _check_folder(path, output, written)


def check_record_apart(args: Namespace, record: str) -> None:
    """Raise UsageError when what a command writes (-o, --plot, what an export puts beside it) is of the record it reads,
    or is another of its inputs."""
    from waqai.store.apart import meets_record

    read = [path for path in (getattr(args, name, None) for name in ("file", "asked_polygon")) if path]
    for output in _outputs(args):
        met = meets_record(1 if output is None else output, record)
        if met is not None:
            raise UsageError(f"{_named(output)} is {met}")
        check_apart(output, read)


def _outputs(args: Namespace) -> list[str | None]:
    """All the files that a command with these arguments writes; None for standard output."""
    from waqai.exports.forms import files_of

    output: str | None = getattr(args, "output", None)
    form, plot = getattr(args, "form", None), getattr(args, "plot", None)
    found: list[str | None] = [output]
    if form is not None and output is not None:
        found += files_of(form, output).values()
    return [*found, plot] if plot else found


def _check_folder(folder: str, output: str, written: Identity) -> None:
    from waqai.reading import find_files

    if any(_regular(file) == written for file in find_files(folder)):
        reason = f"it is a file of the folder {folder!r}; write elsewhere, or take it out of there first"
        raise UsageError(f"{output!r} is both input and output: {reason}")


def _named(output: str | None) -> str:
    return "the file of standard output" if output is None else repr(output)


def _regular(path: str | int) -> Identity | None:
    """What tells an ordinary file from all others, whatever it is called; None when it is none."""
    with suppress(OSError, ValueError):
        found = os.stat(path)
        if stat.S_ISREG(found.st_mode):
            return found.st_dev, found.st_ino
    return None


def read_apart(output: str | None, inputs: Sequence[str], options: ReadOptions) -> Iterator[Article | Skipped]:
    """The articles of the inputs, but not what this run writes into a folder that it reads; UsageError when an input is
    not there. Which files the folders hold is settled at once when the output goes there."""
    from waqai.reading import find_files, read_inputs

    written = _regular(1) if output is None else None
    try:
        whole = read_inputs(inputs, options)
        held: dict[str, list[str]] = {}
        for folder in filter(os.path.isdir, inputs):
            if output is not None and _within(output, folder):
                held[folder] = find_files(folder)
            elif written is not None:
                held[folder] = [file for file in find_files(folder) if _regular(file) != written]
        if not held:
            return whole
    except InputError as error:
        raise UsageError(str(error)) from error
    return _with_held(inputs, held, options)


def _within(output: str, folder: str) -> bool:
    above = os.path.realpath(folder)
    return os.path.commonpath([above, os.path.realpath(output)]) == above


def _with_held(inputs: Sequence[str], held: dict[str, list[str]], options: ReadOptions) -> Iterator[Article | Skipped]:
    from waqai.reading import read_inputs

    for path in inputs:
        if path not in held:
            yield from read_inputs([path], options)
            continue
        if not held[path]:
            yield Skipped(path, None, "there is no file in this folder")
        for file in held[path]:
            if _regular(file) is None:
                yield Skipped(file, None, "it is no ordinary file")
            else:
                yield from read_inputs([file], options)
