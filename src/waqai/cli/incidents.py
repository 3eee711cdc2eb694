"""`waqai incidents`: what happened, as all reports of it tell it."""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from waqai.cli.arguments import Commands, command
from waqai.cli.filtering import filter_of, opened
from waqai.cli.output import Form
from waqai.cli.recorded import MORE, add_listing, form_of, limit_of, nothing, say_more, write_rows
from waqai.cli.show_record import INCIDENT_COLUMNS, incident_row, show_incidents

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.queries.filters import Filter

_MORE = f"""\
{MORE}
Every field of an incident keeps what each source says; numbers are the lowest, the best supported and the highest that
anybody tells. A grade is a suggestion until a person sets it.

With --as-of the incidents are put together anew from what was known at the end of that day, and told as then.

examples:
  waqai incidents --governorate Idlib --from 2019-05 --to 2019-08 --min-killed 10
  waqai incidents --grade contested -o contested.csv
  waqai incidents --incident 3fa9c2 -o one.jsonl
  waqai incidents --place مهين --as-of 2015-11-01
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "incidents", "list the incidents of a record, with what each source says", _MORE)
    add_listing(parser)
    parser.add_argument("--incident", metavar="ID", help="only this incident, by its id or the beginning of it")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing fits."""
    from waqai.queries.conditions import INCIDENTS
    from waqai.queries.listing import count
    from waqai.queries.single import incident_id

    format = form_of(args)
    limit = limit_of(args, format)
    with opened(args) as store, store.read() as connection:
        more = {"incident": incident_id(connection, args.incident)} if args.incident is not None else {}
        filter = filter_of(args, connection, **more)
        form = Form(INCIDENT_COLUMNS, incident_row, show_incidents)
        written = write_rows(args, form, _lines(connection, filter, limit), format)
        if format == "table" and written == limit and filter.as_of is None:
            found = count(connection, filter, INCIDENTS)
            if found.more or found.number > written:
                say_more(written, found.shown, "incidents")
    return 0 if written else nothing("incident")


def _lines(connection: "Connection", filter: "Filter", limit: int | None) -> Iterator[bytes]:
    from waqai.queries.conditions import INCIDENTS
    from waqai.queries.listing import every

    if filter.as_of is not None:
        from waqai.deriving.as_of import incidents_then

        found = incidents_then(connection, filter, limit)
    else:
        found = every(connection, filter, INCIDENTS, limit)
    for stored in found:
        yield stored.json.encode() + b"\n"
