"""`waqai sources`: what a record names, with how often."""

from argparse import Namespace

from waqai.cli.arguments import Commands, command
from waqai.cli.filtering import filter_of, opened
from waqai.cli.recorded import MORE, add_listing, write_counted
from waqai.cli.show_record import SOURCE_FORM

_MORE = f"""\
{MORE}
examples:
  waqai sources --name مرصد
  waqai sources --governorate Aleppo --to 2016
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "sources", "list the sources of a record, with how often they are quoted", _MORE)
    add_listing(parser)
    parser.add_argument("--name", metavar="NAME", help="only those whose name or id holds this")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing fits."""
    from waqai.queries.inventory import sources_in

    with opened(args) as store, store.read() as connection:
        found = sources_in(connection, filter_of(args, connection), args.name)
    return write_counted(args, SOURCE_FORM, found, "sources")
