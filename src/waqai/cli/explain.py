"""`waqai explain`: why a report says what it says."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from waqai.cli.arguments import INPUT_HELP, Commands, UsageError, add_coder, add_input, check_coder, command
from waqai.cli.filtering import add_record
from waqai.cli.session import Session, articles
from waqai.reading.outcome import Skipped
from waqai.running import failed

if TYPE_CHECKING:
    from rich.console import Console

    from waqai.cli.stopping import Gate
    from waqai.model.report import Report, Why

_COLUMN = 16  # as wide as the longest name of a field, and a space
_MORE = f"""\
The articles are coded again, and the report whose id begins with ID is told field by field: the words it rests on, the
rule that took it from them, and what else was considered.

Without INPUT the report is looked for in a record (--db), where ID may also be that of an incident: then it is told why
its reports are held for one happening.

{INPUT_HELP}"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "explain", "tell why a report says what it says", _MORE)
    parser.add_argument("id", metavar="ID", help="the id of a report, or enough of its beginning to be unique")
    add_input(parser, least=0)
    add_record(parser)
    add_coder(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when no report, or more than one, has this id."""
    check_coder(args.coder)
    if args.db is not None or not args.input:
        if args.input:
            raise UsageError("explain a report of INPUT or of the record --db, not of both")
        from waqai.cli.explain_record import explain_recorded

        return explain_recorded(args, print_report)
    session = Session(strict=False, progress=True)
    found = _find(args, session)
    status = session.end()
    if not found:
        print(f"waqai: no report of these articles has an id that begins with {args.id!r}", file=sys.stderr)
        return 1
    labels = {report.id for report in found}
    if len(labels) > 1:
        begin = ", ".join(sorted(key[: len(args.id) + 4] for key in labels)[:5])
        print(f"waqai: {len(labels)} reports have an id that begins with {args.id!r}: {begin}", file=sys.stderr)
        return 1
    if len(found) > 1:
        session.say(f"{len(found)} articles of the same words have this report: {_labels(found)}")
    for report in found:
        print_report(report, args.gate)
    return status


def _labels(found: "list[Report]") -> str:
    more = f" and {len(found) - 10} more" if len(found) > 10 else ""
    return f"{', '.join(report.doc_id for report in found[:10])}{more}"


def _find(args: Namespace, session: Session) -> "list[Report]":
    found: list[Report] = []
    items = articles(args, session)
    try:
        pipeline = args.opener(args.coder)
    except (ValueError, LookupError) as error:
        raise UsageError(str(error)) from error
    for item in items:
        if isinstance(item, Skipped):
            session.skip(item)
            continue
        try:
            reports = pipeline.reports(item)
        except Exception as error:  # one article must not end the run, whatever it meets in the coder
            session.skip(failed(item, f"{type(error).__name__}: {error}"))
            continue
        found += [report for report in reports if report.id.startswith(args.id)]
        session.done()
    return found


def print_report(report: "Report", gate: "Gate") -> None:
    """Tell one report field by field."""
    from rich.console import Console

    from waqai.cli.show import isolate, show_entry, show_reports
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.files import load_files
    from waqai.records import report_json

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    coder = report.coder
    with gate.whole():
        show_reports(console, report.doc_id, [report_json(report, load_codebook(load_files()))])
        for name, value in (
            ("doc_id", isolate(report.doc_id)),
            ("id", report.id),
            ("coder", f"{coder.name} {coder.version}, knowledge {coder.knowledge[:12]}"),
            ("confidence", f"{report.confidence:.2f}"),
            ("rules", ", ".join(coder.rules) or "none named"),
        ):
            show_entry(console, name, value, 0, _COLUMN)
        console.print()
        for why in report.why:
            _reason(console, why)
        if not report.why:
            console.print("The coder gives no reasons of its own for this report.")


def _reason(console: "Console", why: "Why") -> None:
    from rich.text import Text

    from waqai.cli.show import isolate, show_entry

    show_entry(console, Text(why.field, "bold"), Text(why.rule, "cyan"), 0, _COLUMN)
    if why.span is not None:
        at = f"{why.span.start}–{why.span.end}{' of the title' if why.span.part == 'title' else ''}"
        show_entry(console, "words", Text.assemble(isolate(why.span.text), (f"  {at}", "dim")), 2, _COLUMN - 2)
    if why.considered:
        show_entry(console, "considered", ", ".join(isolate(other) for other in why.considered), 2, _COLUMN - 2)
