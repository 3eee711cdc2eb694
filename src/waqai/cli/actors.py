"""`waqai actors`: what a record names, with how often."""

from argparse import Namespace

from waqai.cli.arguments import Commands, command
from waqai.cli.filtering import filter_of, opened
from waqai.cli.recorded import MORE, add_listing, write_counted
from waqai.cli.show_record import ACTOR_FORM

_MORE = f"""\
{MORE}
examples:
  waqai actors --camp opposition
  waqai actors --governorate Idlib --from 2018
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "actors", "list the actors of a record, with how much is told of them", _MORE)
    add_listing(parser)
    parser.add_argument("--name", metavar="NAME", help="only those whose name or id holds this")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing fits."""
    from waqai.queries.inventory import actors_in

    with opened(args) as store, store.read() as connection:
        found = actors_in(connection, filter_of(args, connection), args.name)
    return write_counted(args, ACTOR_FORM, found, "actors")
