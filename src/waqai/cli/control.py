"""`waqai control`: who held which place when, and the reports behind it."""

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING

from waqai.cli.arguments import Commands, UsageError, add_output, check_output, command
from waqai.cli.filtering import add_filters, add_record, filter_of, opened
from waqai.cli.output import Form, chosen_format, open_output
from waqai.cli.show import isolate, show_entry
from waqai.records import Json
from waqai.records_control import CONTROL_COLUMNS, control_row

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Connection

    from waqai.queries.filters import Filter

STATUSES = ("held", "divided", "contested", "besieged", "unknown")
_COLOURS = {"held": "green", "divided": "cyan", "contested": "red", "besieged": "yellow", "unknown": "dim"}
_SHOWN = 4  # reports of an interval on a terminal
_MORE = """\
One line of JSON for each interval [from, to) of a place: status (held, divided, contested, besieged, unknown), holders
(each with the part it holds, null for all), the rule that says why, the reports that bear it out, those against it.
`to` is null while nothing ends it. An attempted taking never changes control; a source that names another holder makes a
place contested; what nobody has borne out for long is unknown. A place without a line was never told of.

examples:
  waqai control --at 2024-12-05                     every place on that day
  waqai control --place مهين                        all that is known of one place
  waqai control --between 2024-11-27 2024-12-08 --governorate Aleppo
  waqai control --at 2024-12-05 --by governorate    places added up
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "control", "who held which place when, and the reports behind it", _MORE)
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--at", metavar="DAY", type=_day, help="on this day: 2024-12-05")
    when.add_argument("--between", metavar="DAY", nargs=2, type=_day, help="on any day from the first to the second")
    parser.add_argument(
        "--status", nargs=1, action="extend", choices=STATUSES, default=[], help="only intervals of this status"
    )
    parser.add_argument(
        "--by", choices=("governorate", "district", "subdistrict"), help="add up the places of each (with --at)"
    )
    add_filters(parser)
    add_record(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def _day(text: str) -> dt.date:
    from argparse import ArgumentTypeError

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2015-10-31") from None


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing is known."""
    check_output(args.output)
    if args.by and not args.at:
        raise UsageError("--by adds up the places of one day: give it with --at DAY")
    form = Form(AREA_COLUMNS, area_row, show_areas) if args.by else Form(CONTROL_COLUMNS, control_row, show_control)
    format = chosen_format(args.format, args.output)
    found = 0
    with opened(args) as store, store.read() as connection:
        groups = _grouped(_areas(args, connection) if args.by else _lines(args, connection))
        first = next(groups, None)  # before the file is touched: the question may have no answer
        with open_output(args.output, format, form, args.gate) as output:
            for name, rows in chain([first] if first else [], groups):
                found += len(rows)
                output.write(name, rows)
    if not found:
        print("waqai: this record tells nothing of who held that", file=sys.stderr)
    return 0 if found else 1


def _grouped(lines: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, list[bytes]]]:
    for name, group in groupby(lines, key=lambda line: line[0]):
        yield name, [text for _, text in group]


def _lines(args: Namespace, connection: "Connection") -> Iterator[tuple[str, bytes]]:
    import orjson

    from waqai.queries.control import control_lines

    filter = filter_of(args, connection)
    if filter.as_of is not None:
        found = _as_of(args, connection, filter)
    else:
        found = control_lines(connection, filter, at=args.at, between=_between(args), statuses=args.status)
    for text in found:
        yield orjson.loads(text)["place"]["id"], text


def _between(args: Namespace) -> tuple[dt.date, dt.date] | None:
    return (args.between[0], args.between[1]) if args.between else None


def _as_of(args: Namespace, connection: "Connection", filter: "Filter") -> Iterator[bytes]:
    """What was known at the end of a day: told anew from what had been published by then."""
    from waqai.deriving.control import control_as_of
    from waqai.queries.control import fits, places_asked
    from waqai.records import line
    from waqai.records_control import interval_json

    assert filter.as_of is not None
    for intervals, references in control_as_of(connection, places_asked(connection, filter), filter.as_of):
        for interval in intervals:
            if fits(interval, filter, args.at, _between(args), args.status):
                yield line(interval_json(interval, references))


def _areas(args: Namespace, connection: "Connection") -> Iterator[tuple[str, bytes]]:
    from waqai.control.areas import add_up
    from waqai.queries.control import control_intervals
    from waqai.records import line
    from waqai.records_control import area_json

    filter = filter_of(args, connection)
    found = control_intervals(connection, filter, at=args.at, statuses=args.status)
    for area in add_up(found, args.at, args.by):
        yield area.name, line(area_json(area))


def show_control(console: "Console", _: str, records: list[Json]) -> None:
    """The intervals of one place."""
    from rich.text import Text

    place = records[0]["place"]
    names = f"{isolate(place['name_ar'])} {place['name_en']}"
    where = ", ".join(filter(None, (place["level"], place["governorate"], place["country"])))
    console.print(Text.assemble((names, "bold"), (f"  {where}", "dim")))
    for record in records:
        head = Text.assemble(
            f"  {record['from']} to {record['to'] or '…':<10}  ",
            (f"{record['status']:<9}", _COLOURS[record["status"]]),
            "  ",
            (_holders(record), "bold"),
        )
        console.print(head)
        console.print(Text(f"    {record['rule']}", "dim"))
        for label, name in (("for", "reports"), ("against", "against")):
            if record[name]:
                show_entry(console, label, _references(record[name]), indent=4, column=9)
    console.print()


def _holders(record: Json) -> str:
    held = [f"{h['actor']['name_en']}" + (f" ({isolate(h['part'])})" if h["part"] else "") for h in record["holders"]]
    return " / ".join(held) or "nobody named"


def _references(found: list[Json]) -> str:
    said = [
        f"{one['id'][:8]} {one.get('doc_id') or ''} {isolate(one['outlet']) if one.get('outlet') else ''}".strip()
        for one in found[:_SHOWN]
    ]
    more = len(found) - _SHOWN
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")


AREA_COLUMNS = ("unit", "name", "country", "day", "places", "holders", "divided", "contested", "besieged", "unknown")


def area_row(record: Json) -> Json:
    """The flat row of an area for CSV."""
    return record | {"holders": "; ".join(f"{h['actor']['camp']} {h['places']}" for h in record["holders"])}


def show_areas(console: "Console", _: str, records: list[Json]) -> None:
    """One line for each side of an area."""
    from rich.text import Text

    for record in records:
        aside = ", ".join(
            f"{record[name]} {name}" for name in ("divided", "contested", "besieged", "unknown") if record[name]
        )
        console.print(
            Text.assemble(
                (record["name"], "bold"), (f"  {record['places']} places on {record['day']}", "dim"), f"  {aside}"
            )
        )
        for holder in record["holders"]:
            parts = f", a part of {holder['parts']}" if holder["parts"] else ""
            show_entry(console, holder["actor"]["camp"], f"{holder['places']} places{parts}", indent=4, column=16)
