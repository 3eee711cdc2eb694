"""`waqai reports`: the reports of a record."""

from argparse import Namespace

from waqai.cli.arguments import Commands, command
from waqai.cli.filtering import filter_of, opened
from waqai.cli.output import Form
from waqai.cli.recorded import MORE, add_listing, form_of, limit_of, nothing, say_more, write_rows
from waqai.cli.show_record import show_told
from waqai.records import REPORT_COLUMNS, report_row

_MORE = f"""\
{MORE}
The lines are those of `waqai code`, as they were stored, in the order of the days told; reports without a day come last.
Reports of a version of an article that a newer one replaced are left out, but for --as-of a day before it came.

examples:
  waqai reports --place حلب --type "Air/drone strike" --from 2016-09 --to 2016-12
  waqai reports --incident 3fa9c2 --format jsonl
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "reports", "list the reports of a record", _MORE)
    add_listing(parser)
    parser.add_argument("--incident", metavar="ID", help="only the reports of this incident")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing fits."""
    from waqai.queries.conditions import REPORTS
    from waqai.queries.listing import count, every
    from waqai.queries.single import incident_id

    format = form_of(args)
    limit = limit_of(args, format)
    with opened(args) as store, store.read() as connection:
        more = {"incident": incident_id(connection, args.incident)} if args.incident is not None else {}
        filter = filter_of(args, connection, **more)
        lines = (stored.json.encode() + b"\n" for stored in every(connection, filter, REPORTS, limit))
        written = write_rows(args, Form(REPORT_COLUMNS, report_row, show_told), lines, format)
        if format == "table" and written == limit:
            found = count(connection, filter, REPORTS)
            if found.more or found.number > written:
                say_more(written, found.shown, "reports")
    return 0 if written else nothing("report")
