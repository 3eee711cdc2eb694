"""`waqai code`: the events that articles report."""

from argparse import Namespace

from waqai.cli.arguments import INPUT_HELP, Commands, add_coder, add_input, add_output, add_run, command
from waqai.cli.output import Form
from waqai.cli.session import run_command
from waqai.cli.show import show_reports
from waqai.records import REPORT_COLUMNS, report_row

_MORE = f"""\
{INPUT_HELP}
One line of JSON for each event that an article reports: type, who, where, when, casualties, who says so, and the words
that prove it (`evidence`, in code points into `text`). The CSV form has one row for each event; several values stand in
one cell with "; " between them, and text that a spreadsheet would run as a formula gets an apostrophe before it.
The output is the same for any number of --jobs. `waqai explain ID INPUT...` tells why a report says what it says.
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "code", "code the events that articles report", _MORE)
    add_input(parser)
    add_output(parser)
    add_run(parser)
    add_coder(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status."""
    return run_command(args, "code", Form(REPORT_COLUMNS, report_row, show_reports))
