"""`waqai read`: what the coder sees of each article."""

from argparse import Namespace

from waqai.cli.arguments import INPUT_HELP, Commands, add_input, add_output, add_run, command
from waqai.cli.output import Form
from waqai.cli.session import run_command
from waqai.cli.show import show_documents
from waqai.records import Json

_COLUMNS = (
    "id",
    "title",
    "text",
    "published",
    "published_from",
    "outlet",
    "url",
    "language",
    "article_key",
    "text_sha256",
)
_MORE = f"""\
{INPUT_HELP}
Offsets of reports and mentions are code points into `text`. `furniture` lists the parts that are never coded (menus,
teasers, captions of buttons), with the rule that thought so; on a terminal they are grey. `published_from` says whether
the day is known from the record, from the page's metadata (html), or only from the words of the article (text).
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "read", "show what the coder sees of each article", _MORE)
    add_input(parser)
    add_output(parser)
    add_run(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status."""
    return run_command(args, "read", Form(_COLUMNS, _row, show_documents))


def _row(record: Json) -> Json:
    return record
