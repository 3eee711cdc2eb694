"""`waqai compare`: a record beside a file of ACLED, UCDP or GDELT."""

import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from waqai.cli.arguments import Commands, UsageError, add_output, command
from waqai.cli.filtering import add_filters, add_record, filter_of, opened
from waqai.cli.output import Form
from waqai.cli.recorded import form_of, write_rows
from waqai.cli.show import isolate, show_entry
from waqai.records import Json

if TYPE_CHECKING:
    from rich.console import Console

    from waqai.queries.comparing import Compared, Comparison

_DATASETS = ("acled", "ucdp", "gdelt")
_COLUMNS = (
    "standing", "our_id", "their_id", "km", "days", "our_start", "our_end", "their_start", "their_end", "our_place",
    "their_place", "our_lat", "our_lon", "their_lat", "their_lon", "our_type", "their_type", "our_killed_low",
    "our_killed_best", "our_killed_high", "their_killed_low", "their_killed_best", "their_killed_high",
)  # fmt: skip
_MORE = """\
FILE is ACLED's CSV, UCDP GED's CSV or GDELT's table of events, also packed (.gz, .zip); which it is is told from its
columns. Incidents that happened or were attempted are set beside its events: matched when days, points and types are near
enough, each with one at most, the nearest first; missing when the file has it and the record has not; extra when the record
has it and the file has not. Only the days and the area of both are compared, and what has a place and a day exact enough.

Missing and extra are no errors by themselves: the datasets have rules of their own for what is an event (UCDP counts
deaths, GDELT mentions).

On a terminal a summary; as JSON Lines or CSV one row for each pair, missing and extra event.

examples:
  waqai compare waqai.db ucdp_ged_syria.csv.gz --from 2016 --to 2017
  waqai compare acled.csv --db waqai.db --days 1 --km 10 -o compared.csv
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "compare", "set a record beside a file of ACLED, UCDP or GDELT", _MORE)
    parser.add_argument(
        "input",
        nargs="+",
        metavar="FILE",
        help="the file of the other dataset; before it the record, unless --db names it",
    )
    add_record(parser)
    parser.add_argument("--as", dest="dataset", choices=_DATASETS, help="read FILE as this, instead of guessing")
    _add_tolerances(parser)
    add_filters(parser)
    add_output(parser)
    parser.set_defaults(run=run)


def _add_tolerances(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--km", type=_distance, default=20.0, metavar="KM", help="how far apart points may be (default: 20)"
    )
    parser.add_argument("--days", type=_days, default=2, metavar="N", help="how far apart days may be (default: 2)")
    parser.add_argument("--any-type", action="store_true", help="also match what the types of the two keep apart")


def _distance(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0.1 <= found <= 200:
        raise ArgumentTypeError(f"{text!r} is no distance from 0.1 to 200 km")
    return found


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 60):
        raise ArgumentTypeError(f"{text!r} is no number of days from 0 to 60")
    return int(text)


def run(args: Namespace) -> int:
    """Do it; the exit status: 3 when rows of the file could not be read."""
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.comparison import load_comparison
    from waqai.knowledge.files import load_files
    from waqai.queries.comparing import Tolerance, compare
    from waqai.queries.comparison_files import open_dataset

    _sort_out(args)
    format = form_of(args)
    files = load_files()
    known = load_comparison(files, load_codebook(files))
    tolerance = Tolerance(args.km, args.days, not args.any_type)
    with opened(args) as store, store.read() as connection, open_dataset(args.file, args.dataset) as theirs:
        found = compare(connection, filter_of(args, connection), theirs, known, tolerance)
    if format == "table":
        _summary(args, found)
    else:
        _write(args, found, format)
    return 3 if found.unread else 0


def _sort_out(args: Namespace) -> None:
    """Which of the inputs is the record, and which the file."""
    if len(args.input) > 2:
        raise UsageError(f"compare takes one record and one file, not {len(args.input)} of them")
    if len(args.input) == 2:
        if args.db is not None:
            raise UsageError(f"the record is given twice: {args.input[0]!r} and --db")
        args.db = args.input[0]
    args.file = args.input[-1]


def _write(args: Namespace, found: "Comparison", format: str) -> None:
    import orjson

    lines = (orjson.dumps(_json(row)) + b"\n" for row in found.rows)
    write_rows(args, Form(_COLUMNS, lambda row: row, _show_nothing), lines, "csv" if format == "csv" else "jsonl")


def _show_nothing(console: "Console", _: str, rows: list[Json]) -> None:
    raise NotImplementedError  # a table of rows is not offered: the summary stands in its place


def _summary(args: Namespace, found: "Comparison") -> None:
    """The summary as the one record of a table."""

    def show(console: "Console", _: str, __: list[Json]) -> None:
        _print(console, found)

    write_rows(args, Form((), lambda row: row, show), [b"{}\n"], "table")


def _print(console: "Console", found: "Comparison") -> None:
    from rich.table import Table

    matched, missing, extra = (found.number(standing) for standing in ("matched", "missing", "extra"))
    days = f"{found.first} to {found.last}" if found.first else "none in common"
    types = "types that go together" if found.tolerance.types else "any type"
    limits = f"{found.tolerance.km:g} km, {found.tolerance.days} days, {types}"
    for label, value in (
        ("days", days),
        ("within", limits),
        ("matched", f"{matched:,}: {_share(matched, matched + missing)} of {found.dataset}, "
                    f"{_share(matched, matched + extra)} of the record"),
        ("missing", f"{missing:,} in {found.dataset} only"),
        ("extra", f"{extra:,} in the record only"),
        ("left out", _left_out(found)),
    ):  # fmt: skip
        show_entry(console, label, value, 0)
    if found.unread:
        show_entry(console, "unread", f"{found.unread:,} rows of the file; {isolate(found.first_unread)}", 0)
    console.print()
    for title, groups in (
        ("by year", _by_year(found.rows)),
        ("by type of the other dataset, or of ours when extra", _by_type(found.rows)),
    ):
        table = Table(
            title=title, title_justify="left", title_style="dim", box=None, padding=(0, 2, 0, 0), header_style="dim"
        )
        table.add_column("")
        for name in ("matched", "missing", "extra", "killed, theirs", "killed, ours"):
            table.add_column(name, justify="right")
        for name, rows in groups:
            counts = Counter(row.standing for row in rows)
            table.add_row(isolate(name), *(f"{counts[s]:,}" for s in ("matched", "missing", "extra")), *_killed(rows))
        console.print(table)
        console.print()


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _left_out(found: "Comparison") -> str:
    return (
        f"{found.vague_theirs:,} of {found.dataset} and {found.vague_ours:,} of the record with a place or day that is too vague; "
        f"{found.outside_theirs:,} and {found.outside_ours:,} outside the days and the area of both"
    )


def _killed(rows: "Sequence[Compared]") -> tuple[str, str]:
    """The best supported numbers of the matched, added up."""
    pairs = [(row.theirs, row.ours) for row in rows if row.theirs and row.ours]
    theirs = sum(event.killed[1] for event, _ in pairs if event.killed)
    ours = sum(
        one.killed[1] if one.killed[1] is not None else one.killed[0] for _, one in pairs if one.killed is not None
    )
    return f"{theirs:,}", f"{ours:,}"


def _by_year(rows: "Sequence[Compared]") -> "list[tuple[str, list[Compared]]]":
    return _grouped(rows, [str((row.theirs or row.ours).start.year) for row in rows])  # type: ignore[union-attr]


def _by_type(rows: "Sequence[Compared]") -> "list[tuple[str, list[Compared]]]":
    names = [row.theirs.type if row.theirs else f"ours: {row.ours.type}" if row.ours else "" for row in rows]
    return _grouped(rows, names)


def _grouped(rows: "Sequence[Compared]", names: Sequence[str]) -> "list[tuple[str, list[Compared]]]":
    found: dict[str, list[Compared]] = {}
    for row, name in zip(rows, names, strict=True):
        found.setdefault(name, []).append(row)
    return sorted(found.items())


def _json(row: "Compared") -> Json:
    ours, theirs = row.ours, row.theirs
    found: Json = {"standing": row.standing, "km": row.km, "days": row.days}
    for name, one in (("our", ours), ("their", theirs)):
        found[f"{name}_id"] = one.id if one else None
        found |= {
            f"{name}_start": one.start.isoformat() if one else None,
            f"{name}_end": one.end.isoformat() if one else None,
        }
        found |= {f"{name}_{part}": getattr(one, part) if one else None for part in ("place", "lat", "lon", "type")}
        low, best, high = one.killed if one and one.killed else (None, None, None)
        found |= {f"{name}_killed_low": low, f"{name}_killed_best": best, f"{name}_killed_high": high}
    return found
