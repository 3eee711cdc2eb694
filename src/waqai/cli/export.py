"""`waqai export`: the record as other data sets have it."""

from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from waqai.cli.arguments import Commands, UsageError, command
from waqai.cli.filtering import add_filters, add_record, filter_of, opened
from waqai.cli.streams import one_line

if TYPE_CHECKING:
    from waqai.exports.facts import Kept
    from waqai.record.exporting import Exported

_FORMS = ("acled", "ucdp", "plover", "gdelt", "geojson", "parquet", "csv", "gold")
_KEPT: "tuple[Kept, ...]" = ("planned", "denied", "background")
_MORE = """\
acled, ucdp and gdelt have a row for each incident, plover a line of JSON for each report; geojson, parquet and csv have
either (--of). gdelt makes two files, FILE and FILE with ".mentions" before its ending. Beside each export stands
FILE.meta.json: what was asked, how many were left out and why, versions, licences, and why columns stay empty. Ids begin
with WQ-. docs/EXPORTS.md tells every column. A file appears whole or not at all.

gold is a folder: one file for each article whose reports a person has accepted or rejected, all of them, with what was
corrected and added at the review desk. `waqai evaluate FOLDER PREDICTIONS` measures a coder by it. A file says whether
somebody read the article to its end ("nothing_missing"); where nobody did, what the coder missed is not known.

What was planned, what everybody denies and what is only recalled (background) is left out, unless --include asks for it.

--redact-persons puts a mark in the place of names of persons: in evidence, sources, the accused, titles, labels and
addresses. Names are found by what names are made of and by who is named in the whole article; read an export before you
publish it. --round-coordinates moves each point to the middle of a cell so many kilometres wide.

examples:
  waqai export --to acled -o syria.csv --country SY --from 2016-01 --to 2016-06
  waqai export --to geojson -o public.geojson --redact-persons --round-coordinates 10
  waqai export --to parquet --of reports -o reports.parquet
  waqai export --to gold -o reviewed/
"""


class _To(Action):
    """`--to` names a form here, and, as in every command, the last day: `--to acled --from 2016 --to 2017`."""

    def __call__(self, parser: ArgumentParser, namespace: Namespace, value: Any, option: str | None = None) -> None:
        if value in _FORMS:
            namespace.form = value
        elif value[:4].isdecimal():
            namespace.asked_to = value
        else:
            parser.error(f"argument --to: {value!r} is none of {', '.join(_FORMS)}, and no day")


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(
        commands,
        "export",
        "write a record as ACLED, UCDP, PLOVER, GDELT, GeoJSON, Parquet or CSV, or reviewed articles as gold",
        _MORE,
    )
    add_record(parser)
    add_filters(parser, leave="to")
    forms = f"{', '.join(_FORMS)}; a DAY limits the export to what began by it"
    parser.add_argument("--to", action=_To, required=True, metavar="FORM", help=forms)
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the file to write")
    parser.add_argument("--of", choices=("incidents", "reports"), help="what geojson, parquet and csv are made of")
    parser.add_argument(
        "--include", type=_kept, default=(), metavar="NAMES", help="also planned,denied,background (one or more)"
    )
    parser.add_argument("--redact-persons", action="store_true", help="leave private persons out")
    parser.add_argument(
        "--round-coordinates", type=_km, metavar="KM", help="round points to cells of this width in kilometres"
    )
    parser.set_defaults(run=run, form=None, asked_to=None)


def _kept(text: str) -> "tuple[Kept, ...]":
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in _KEPT:
            raise ArgumentTypeError(f"{name!r} is none of {', '.join(_KEPT)}")
    return tuple(kept for kept in _KEPT if kept in names)


def _km(text: str) -> float:
    try:
        km = float(text)
    except ValueError:
        km = 0.0
    if not 0 < km <= 500:
        raise ArgumentTypeError(f"{text!r} is not a width above 0 and at most 500 kilometres")
    return km


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when nothing fits."""
    from waqai.exports.facts import ExportError
    from waqai.record.exporting import Wish, write_export

    if args.form is None:
        raise UsageError(f"say what to export to: --to {', '.join(_FORMS)}")
    if args.form == "gold":
        return _gold(args)
    kept = frozenset(args.include)
    wish = Wish(args.form, args.output, args.of, kept, args.redact_persons, args.round_coordinates)
    try:
        with opened(args) as store, store.read() as connection:
            exported = write_export(connection, filter_of(args, connection), _query(args), wish)
    except ExportError as error:
        raise UsageError(str(error)) from error
    _say(exported, args.output)
    return 0 if exported.rows or exported.left_out else 1


def _gold(args: Namespace) -> int:
    """Write reviewed articles; the exit status: 1 when there are none."""
    import sys

    from waqai.exports.facts import ExportError
    from waqai.record.reviewed import write_gold

    if args.of or args.include or args.redact_persons or args.round_coordinates:
        raise UsageError(
            "gold is what the articles say, whole: --of, --include and what takes things out have no place here"
        )
    try:
        with opened(args) as store, store.read() as connection:
            found = write_gold(connection, filter_of(args, connection), args.output)
    except ExportError as error:
        raise UsageError(str(error)) from error
    said = f"{found.articles:,} reviewed articles with {found.events:,} events written to {args.output}"
    said += f"; {found.whole:,} of them were read to the end"
    if found.unfinished:
        said += f"; left out: {found.unfinished:,} of which not every report is judged for sure"
    print(f"waqai: {one_line(said)}", file=sys.stderr)
    return 0 if found.articles else 1


def _query(args: Namespace) -> dict[str, str]:
    """The conditions in words, for the sidecar."""
    asked = {name.removeprefix("asked_"): value for name, value in vars(args).items() if name.startswith("asked_")}
    return {name: "; ".join(value) if isinstance(value, list) else str(value) for name, value in asked.items() if value}


def _say(exported: "Exported", path: str) -> None:
    import sys

    what = exported.level if exported.rows != 1 else exported.level.removesuffix("s")
    said = f"{exported.rows:,} {what} written to {path}"
    if exported.left_out:
        parts = ", ".join(f"{why} {count:,}" for why, count in sorted(exported.left_out.items()))
        said += f"; left out: {parts} ({path}.meta.json says why)"
    print(f"waqai: {one_line(said)}", file=sys.stderr)
