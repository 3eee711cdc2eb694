"""What the commands share that list what a record holds: how many rows, in which form, and what is said below a table."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from waqai.cli.arguments import add_output, check_output
from waqai.cli.filtering import add_filters, add_record
from waqai.cli.output import Form, OutputFormat, chosen_format, open_output

if TYPE_CHECKING:
    from waqai.queries.inventory import ActorCount, PlaceCount, SourceCount

ROWS = 25
_STEP = 200
MORE = """\
On a terminal a table with the first rows; piped, or with -o, every row as JSON Lines or CSV. --limit N tells how many.
"""


def add_listing(parser: ArgumentParser) -> None:
    """The record, the conditions, how many rows, and where they go."""
    add_record(parser)
    add_filters(parser)
    add_limit(parser)


def add_limit(parser: ArgumentParser) -> None:
    """How many rows, and where they go."""
    parser.add_argument(
        "--limit", type=_rows, metavar="N", help=f"at most N rows; 0 for all (default: {ROWS} in a table, else all)"
    )
    add_output(parser)


def _rows(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)


def form_of(args: Namespace) -> OutputFormat:
    """The form of the output, after a look whether it can be written; UsageError when it cannot."""
    check_output(args.output)
    return chosen_format(args.format, args.output)


def limit_of(args: Namespace, format: OutputFormat) -> int | None:
    """How many rows are wanted; None for all."""
    if args.limit is not None:
        return args.limit or None
    return ROWS if format == "table" else None


def write_rows(args: Namespace, form: Form, lines: Iterable[bytes], format: OutputFormat) -> int:
    """Write lines of JSON in the form asked for, some at a time; how many there were.

    The first are asked for before the file is touched: a question that cannot be answered leaves it as it is.
    """
    written = 0
    rest = iter(lines)
    some = list(islice(rest, _STEP))
    with open_output(args.output, format, form, args.gate) as output:
        while some:
            output.write("", some)
            written += len(some)
            some = list(islice(rest, _STEP))
    return written


def say_more(written: int, all: str, what: str) -> None:
    """Below a table that does not show everything: how much there is."""
    print(f"waqai: {written:,} of {all} {what}; --limit 0 shows all, conditions narrow it down", file=sys.stderr)


def nothing(what: str) -> int:
    """Say that nothing fits; the exit status for it."""
    print(f"waqai: no {what} of this record fits", file=sys.stderr)
    return 1


def write_counted(
    args: Namespace, form: Form, found: "Sequence[PlaceCount | ActorCount | SourceCount]", what: str
) -> int:
    """Write what a record names, most first; the exit status."""
    import orjson

    format = form_of(args)
    limit = limit_of(args, format)
    lines = (orjson.dumps(one) + b"\n" for one in found[:limit])
    written = write_rows(args, form, lines, format)
    if format == "table" and written < len(found):
        say_more(written, f"{len(found):,}", what)
    return 0 if written else nothing(what.removesuffix("s"))
