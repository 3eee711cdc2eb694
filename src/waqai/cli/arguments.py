"""The arguments that commands share, and errors of usage in one line."""

import argparse
import datetime as dt
import os
from typing import Any, NoReturn

from waqai.reading.outcome import FORMATS

Commands = Any  # argparse's own type for sub-commands is private

INPUT_HELP = """\
input: text, HTML, JSON Lines, JSON, CSV, TSV, Parquet and WARC files, also packed (.gz, .zst), folders of them, and -
for standard input. A record of JSON, CSV or Parquet has `id`, `text` (or `html`), and where known `title`, `published`
(as 2015-10-31), `outlet`, `url`, `language`. The id of a plain file is its name without the ending.
The day of publication is the record's `published`, or what a page's metadata says. Without it, as in a .txt, it is told
from the words: a dateline or a line with the date and its year, a date called today. --published DAY gives it to all
articles that have none in their record or page; without any day, "yesterday" cannot be dated.
"""


class UsageError(Exception):
    """The command was not called rightly; one line says what to change."""


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where help is."""
        raise UsageError(f"{message} (see `{self.prog} --help`)")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As usual, but inputs may also stand after options: `a.txt --strict b.csv`."""
        found, rest = super().parse_known_args(args, namespace)
        if isinstance(getattr(found, "input", None), list):
            more = [one for one in rest if one == "-" or not one.startswith("-")]
            found.input = [*found.input, *more]
            rest = [one for one in rest if one not in more]
        return found, rest


def command(commands: Commands, name: str, about: str, more: str = "") -> argparse.ArgumentParser:
    """A new command with its one-line description, and what else its help says."""
    found: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return found


def add_input(parser: argparse.ArgumentParser, least: int = 1) -> None:
    """INPUT... and how it is read; none need be given when `least` is 0."""
    parser.add_argument(
        "input", nargs="+" if least else "*", metavar="INPUT", help="files, folders, or - for standard input"
    )
    parser.add_argument("--input-format", choices=FORMATS, help="read every input as this, instead of guessing")
    parser.add_argument(
        "--published", type=_day, metavar="DAY", help="day of articles whose record has none: 2015-10-31"
    )


def add_run(parser: argparse.ArgumentParser) -> None:
    """How a run over many articles goes."""
    parser.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes to work in (default: 1)")
    parser.add_argument("--strict", action="store_true", help="stop at the first bad article, with status 1")


def add_coder(parser: argparse.ArgumentParser) -> None:
    """Which coder codes."""
    parser.add_argument("--coder", default="grammar", metavar="NAME", help="the coder to use (default: grammar)")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Where the output goes, and in which form."""
    parser.add_argument("--format", choices=("table", "jsonl", "csv"), help=_FORMAT_HELP)
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file instead of standard output")


_FORMAT_HELP = "default: by the ending of FILE; else table on a terminal and jsonl when piped"


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2015-10-31") from None


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 256")
    return int(text)


def check_coder(name: str) -> None:
    """Raise UsageError when no coder of this name is installed."""
    if name == "grammar":  # always there, and looking through what is installed takes time
        return
    from importlib.metadata import entry_points

    known = sorted({entry.name for entry in entry_points(group="waqai.coders")})
    if name not in known:
        raise UsageError(f"there is no coder {name!r}; installed are: {', '.join(known) or 'none'}")


def check_output(output: str | None) -> None:
    """Raise UsageError when the output cannot be written."""
    if output is None:
        return
    if output.lower().endswith((".gz", ".zst", ".parquet", ".xlsx", ".xls", ".ods", ".tsv", ".html", ".xml")):
        raise UsageError(f"cannot write {output!r}: the output is .jsonl or .csv; pack it afterwards")
    folder = os.path.dirname(output) or "."
    if os.path.isdir(output) or not os.path.isdir(folder):
        raise UsageError(f"cannot write {output!r}: {'it is a folder' if os.path.isdir(output) else 'no such folder'}")
    if not os.access(output if os.path.exists(output) else folder, os.W_OK):
        raise UsageError(f"cannot write {output!r}: permission denied")
