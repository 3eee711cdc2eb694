"""`waqai mentions`: what each article names."""

from argparse import Namespace
from typing import get_args

from waqai.cli.arguments import INPUT_HELP, Commands, add_input, add_output, add_run, command
from waqai.cli.output import Form
from waqai.cli.session import run_command
from waqai.cli.show import show_mentions
from waqai.model.mention import MentionKind
from waqai.records import MENTION_COLUMNS, mention_row

_MORE = f"""\
{INPUT_HELP}
One line of JSON for each mention: doc_id, kind, text, start, end (code points into `text`, or into the title when
"in" is "title"), and its value: {{"low", "high", "unit"}} for a number (high is null for "at least"), {{"start", "end",
"precision", "basis"}} for a date, the object of the gazetteer or the list of actors for a place or an actor.
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "mentions", "list the actors, places, persons, dates, numbers and sources named", _MORE)
    add_input(parser)
    parser.add_argument(
        "--kind",
        nargs=1,
        action="extend",
        choices=get_args(MentionKind),
        default=[],
        help="only mentions of this kind; may be given several times",
    )
    add_output(parser)
    add_run(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status."""
    return run_command(args, "mentions", Form(MENTION_COLUMNS, mention_row, show_mentions), tuple(args.kind))
