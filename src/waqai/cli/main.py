"""The `waqai` command."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from waqai.cli import code, demo, evaluate, explain, mentions, read
from waqai.cli.arguments import OneLineParser, UsageError
from waqai.cli.stopping import Stopped, raise_when_stopped
from waqai.running import Opener, open_default

COMMANDS = (read, mentions, code, explain, evaluate, demo)

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


def parser() -> OneLineParser:
    """The whole command line; its help texts are its reference."""
    from argparse import RawDescriptionHelpFormatter

    found = OneLineParser("waqai", description=_ABOUT, epilog=_MORE, formatter_class=RawDescriptionHelpFormatter)
    found.add_argument("--version", action="store_true", help="print the version and end")
    commands = found.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in COMMANDS:
        command.add(commands)
    return found


def main(arguments: Sequence[str] | None = None, opener: Opener = open_default) -> int:
    """Run one command; the exit status. `opener` opens the pipeline of a coder."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    whole = parser()
    try:
        args = whole.parse_args(asked)
        if args.version:
            return _version()
        if args.command is None:
            whole.print_help(sys.stderr)
            return 2
        args.opener = opener
        with raise_when_stopped() as args.gate:
            status: int = args.run(args)
            sys.stdout.flush()
            return status
    except UsageError as error:
        print(f"waqai: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return _reader_gone()
    except Stopped as stopped:
        print(f"waqai: {stopped}; what was written ends with a whole line", file=sys.stderr)
        return stopped.status
    except OSError as error:
        print(f"waqai: {error.strerror or error}{f': {error.filename}' if error.filename else ''}", file=sys.stderr)
        return 1


def _version() -> int:
    from importlib.metadata import version

    print(f"waqai {version('waqai')}")
    return 0


def _reader_gone() -> int:
    """Whoever read our output has seen enough (`| head`): end without a word, as other commands do."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


if __name__ == "__main__":
    sys.exit(main())
