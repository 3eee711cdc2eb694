"""All commands, put together into one command line."""

from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType

from waqai.cli.arguments import OneLineParser

NAMES = (
    *("read", "mentions", "code", "build", "reports", "incidents", "control", "places", "actors", "sources", "search"),
    *("stats", "compare", "export", "explain", "evaluate", "serve", "accounts", "demo"),
)

_ABOUT = """\
Reads Arabic news of armed conflict and prints attributed, dated, located, typed events, each with the words that
prove it. Works offline; nothing is sent anywhere.
"""
_MORE = """\
examples:
  waqai demo                                  see what it does, on a made-up sample
  waqai code article.txt                      the events of one article
  waqai code archive/ --jobs 4 -o out.jsonl   an archive: text, HTML, JSON Lines, CSV, Parquet, WARC, also .gz, .zst
  zcat news.jsonl.gz | waqai code - | head    JSON Lines when piped
  waqai mentions news.csv --kind place        the places that are named
  waqai explain 3fa9 article.txt              why a report says what it says

exit status: 0 all went well; 3 done, but something was skipped (one line on standard error for each); 1 stopped by
  --strict, or nothing found to show; 2 wrong usage; 130 interrupted.

`waqai COMMAND --help` tells more of each command.
"""


def modules(names: Iterable[str] = NAMES) -> tuple[ModuleType, ...]:
    """The modules of these commands, in order; each is imported only now."""
    return tuple([import_module(f"waqai.cli.{name}") for name in names])


def parser(asked: Sequence[str] = ()) -> OneLineParser:
    """The whole command line; its help texts are its reference.

    When `asked`, the arguments to be parsed, begin with a command, only that one is put in: importing the others takes
    as long as a short run.
    """
    found = OneLineParser("waqai", description=_ABOUT, epilog=_MORE, formatter_class=RawDescriptionHelpFormatter)
    found.add_argument("--version", action="store_true", help="print the version and end")
    commands = found.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in modules(asked[:1] if asked and asked[0] in NAMES else NAMES):
        command.add(commands)
    return found
