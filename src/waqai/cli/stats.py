"""`waqai stats`: counts, beside how much was published."""

import os
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from waqai.cli.arguments import Commands, UsageError, command
from waqai.cli.filtering import filter_of, opened
from waqai.cli.output import Form
from waqai.cli.recorded import add_listing, form_of, nothing, say_more, write_rows
from waqai.cli.show import isolate
from waqai.records import Json

if TYPE_CHECKING:
    from rich.console import Console

    from waqai.queries.stats import Dimension, Stats, StatsRow

_TOLLS = ("low", "best", "high", "open")
_MORE = """\
Count by up to three of: day, week, month, year (one of these); type, event-type, modality, grade, actor, camp, place,
governorate, country, source. An incident with two actors counts for both, and so with sources.

Counted is what happened or was attempted; what was planned or denied and what was only recalled is left out, unless
--modality or --background ask for it. Where the dates leave open whether it was a later period, `across` counts that.
Killed and injured are the sums of the lowest, the best supported and the highest numbers; `open` counts those of which
somebody says "or more", which add their best supported number to the highest.

Beside counts by time stand the articles and outlets of that time, whatever they tell: more articles find more events, so
a rise in both may be a rise in coverage only.

examples:
  waqai stats --by month
  waqai stats --by month,camp --governorate Aleppo --plot aleppo.svg
  waqai stats --by governorate,type --from 2016 --to 2016 -o 2016.csv
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "stats", "count by time, type, actor and place, beside articles and outlets", _MORE)
    add_listing(parser)
    parser.add_argument(
        "--by", default="month", metavar="NAMES", help="what to count by, joined by commas (default: month)"
    )
    parser.add_argument("--of", choices=("incidents", "reports"), default="incidents", help="what is counted")
    parser.add_argument("--plot", metavar="FILE", help="draw it into this file, .png or .svg")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when there is nothing to count."""
    from waqai.queries.conditions import SUBJECTS
    from waqai.queries.stats import stats

    format = form_of(args)
    _check_plot(args.plot)
    by = cast("Sequence[Dimension]", [name.strip().replace("_", "-") for name in args.by.split(",")])
    with opened(args) as store, store.read() as connection:
        found = stats(connection, filter_of(args, connection), by, SUBJECTS[args.of])
    if args.plot and found.rows:
        _plot(found, args.plot, args.of)
    return _write(args, found, format)


def _check_plot(path: str | None) -> None:
    if path is None:
        return
    if not path.lower().endswith((".png", ".svg")):
        raise UsageError(f"cannot draw {path!r}: a plot is a .png or .svg")
    if not os.path.isdir(os.path.dirname(path) or "."):
        raise UsageError(f"cannot draw {path!r}: no such folder")


def _plot(found: "Stats", path: str, what: str) -> None:
    from waqai.queries.plotting import draw

    draw(found, path, what)


def _write(args: Namespace, found: "Stats", format: str) -> int:
    import orjson

    limit = args.limit if args.limit else None if args.limit == 0 or format != "table" else _rows_of(found)
    tolls = [f"{name}_{part}" for name in ("killed", "injured") for part in _TOLLS]
    beside = ("articles", "outlets") if _timed(found) else ()
    names = [f"{name}_name" for name in found.by if name in ("actor", "place")]
    form = Form((*found.by, *names, args.of, "across", *tolls, *beside), lambda row: row, _shower(found, args.of))
    lines = (orjson.dumps(_json(row, found, args.of)) + b"\n" for row in found.rows[:limit])
    written = write_rows(args, form, lines, form_of(args))
    if format == "table" and written < len(found.rows):
        say_more(written, f"{len(found.rows):,}", "rows")
    return 0 if written else nothing(args.of.removesuffix("s"))


def _rows_of(found: "Stats") -> int:
    """Rows of a table: a series is shown whole, as far as anybody would read it."""
    return 120 if _timed(found) else 40


def _timed(found: "Stats") -> bool:
    return any(name in ("day", "week", "month", "year") for name in found.by)


def _json(row: "StatsRow", found: "Stats", what: str) -> Json:
    held: Json = {str(name): key for name, key in zip(found.by, row.keys, strict=True)}
    for name, key in zip(found.by, row.keys, strict=True):
        if name in ("actor", "place"):
            held[f"{name}_name"] = found.labels.get(key or "", "")
    held |= {what: row.events, "across": row.across}
    for outcome, toll in (("killed", row.killed), ("injured", row.injured)):
        held |= {f"{outcome}_{part}": getattr(toll, part) for part in _TOLLS}
    return held | ({"articles": row.articles, "outlets": row.outlets} if _timed(found) else {})


def _shower(found: "Stats", what: str):  # type: ignore[no-untyped-def]
    def show(console: "Console", _: str, rows: list[Json]) -> None:
        from rich.table import Table

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for name in found.by:
            table.add_column(name, overflow="fold")
        for column in (what, "killed", "injured", *(("articles", "outlets") if _timed(found) else ())):
            table.add_column(column, justify="right")
        for row in rows:
            table.add_row(*_cells(row, found, what))
        console.print(table)

    return show


def _cells(row: Json, found: "Stats", what: str) -> list[str]:
    cells = []
    for name in found.by:
        shown = row.get(f"{name}_name") or row[name]
        cells.append(isolate(shown) if shown else "not known")
    count = f"{row[what]:,}" + (f" ({row['across']:,} across)" if row["across"] else "")
    cells += [count, _sum(row, "killed"), _sum(row, "injured")]
    return cells + ([f"{row['articles']:,}", f"{row['outlets']:,}"] if _timed(found) else [])


def _sum(row: Json, name: str) -> str:
    low, best, high, unbounded = (row[f"{name}_{part}"] for part in _TOLLS)
    if not high:
        return ""
    shown = f"{best:,}" if low == best == high else f"{low:,}–{best:,}–{high:,}"
    return f"{shown}+" if unbounded else shown
